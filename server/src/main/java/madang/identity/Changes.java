package madang.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import madang.kit.Id;
import madang.kit.Language;
import madang.kit.User;
import madang.port.Bus;
import org.jspecify.annotations.Nullable;

/// Tells every node that a user changed what others remember of him: his name and picture, and the
/// language of his answers, which his access token tells until it is renewed.
final class Changes implements AutoCloseable {
    private static final String TOPIC = "identity.user.changed";

    private final Bus bus;
    private final People people;
    private final AccessTokens accessTokens;
    private Bus.@Nullable Subscription subscription;

    Changes(Bus bus, People people, AccessTokens accessTokens) {
        this.bus = bus;
        this.people = people;
        this.accessTokens = accessTokens;
    }

    void start() {
        subscription =
                bus.subscribe(
                        TOPIC,
                        new Bus.Listener() {
                            @Override
                            public void hears(byte[] hint) {
                                heard(new String(hint, US_ASCII));
                            }

                            @Override
                            public void missed() {
                                people.forgetAll();
                            }
                        });
    }

    /// This node knows it when this returns, the others a moment later.
    void tell(Id<User> user, Language language) {
        learn(user, language);
        bus.publish(TOPIC, (user + " " + language.tag()).getBytes(US_ASCII));
    }

    @Override
    public void close() {
        if (subscription != null) {
            subscription.close();
        }
    }

    private void heard(String hint) {
        String[] words = hint.split(" ", 2);
        Id<User> user = Id.parse(words[0]);
        @Nullable Language language = Language.parse(words[words.length - 1]);
        if (user != null && language != null) {
            learn(user, language);
        }
    }

    private void learn(Id<User> user, Language language) {
        people.forget(user);
        accessTokens.speaks(user, language);
    }
}
