package madang.calendar;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import madang.calendar.CalendarClient.Changes;
import madang.calendar.CalendarClient.Channel;
import madang.calendar.CalendarClient.Draft;
import madang.calendar.CalendarClient.Written;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.User;
import madang.social.Social;
import org.jspecify.annotations.Nullable;

/// One user's calendar elsewhere, held open for one piece of work. A token that is refused is
/// renewed once; a second refusal is final.
final class RemoteCalendar {
    private final CalendarClient client;
    private final Social social;
    private final Id<User> user;
    private @Nullable Secret token;

    RemoteCalendar(CalendarClient client, Social social, Id<User> user) {
        this.client = client;
        this.social = social;
        this.user = user;
    }

    Changes changes(@Nullable String since, @Nullable String page) {
        return ask(key -> client.changes(key, since, page));
    }

    List<RemoteEvent> between(Instant from, Instant to, int most) {
        return ask(key -> client.between(key, from, to, most));
    }

    Optional<RemoteEvent> find(String id) {
        return ask(key -> client.find(key, id));
    }

    Written insert(String id, Draft draft) {
        return ask(key -> client.insert(key, id, draft));
    }

    Written update(String id, String etag, Draft draft) {
        return ask(key -> client.update(key, id, etag, draft));
    }

    boolean delete(String id) {
        return ask(key -> {
            client.delete(key, id);
            return true;
        });
    }

    Channel watch(String id, String secret, String address) {
        return ask(key -> client.watch(key, id, secret, address));
    }

    boolean stop(String channel, String resource) {
        return ask(key -> {
            client.stop(key, channel, resource);
            return true;
        });
    }

    private <T> T ask(Function<Secret, T> question) {
        Secret known = token == null ? social.calendarToken(user, false) : token;
        token = known;
        try {
            return question.apply(known);
        } catch (Failure refused) {
            if (!isRefusal(refused)) {
                throw refused;
            }
            Secret fresh = social.calendarToken(user, true);
            token = fresh;
            return question.apply(fresh);
        }
    }

    static boolean isRefusal(Failure failure) {
        return failure.code().equals("PROVIDER_TOKEN_INVALID");
    }
}
