package madang.kit.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import madang.identity.IdentitySettings;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a feature declares its settings. Rule 6: what a dialect leaves unset it takes from the plain
/// key.
class FeatureTest {
    public enum Tea {
        GREEN,
        BARLEY
    }

    public record TeaSettings(
            Stage stage,
            @Key(name = "MADANG_TEA", value = "barley", says = "What is served") Tea tea,
            @Key(name = "MADANG_TEA_CUPS", value = "4", min = "1", says = "How many cups")
                    long cups,
            @Key(name = "MADANG_TEA_GUESTS", says = "Who may come") List<String> guests,
            @Key(name = "MADANG_TEA_HOST", says = "Who invites") String host,
            @Key(name = "MADANG_TEA_SECRETS", value = "{JWT_SECRET}", says = "Own signing keys")
                    List<Secret> secrets,
            @Key(name = "MADANG_TEA_NOTE", says = "A word to the guests") @Nullable String note) {

        public TeaSettings {
            new Problems()
                    .must(!guests.contains(host), "MADANG_TEA_GUESTS must not have the host.")
                    .must(stage != Stage.PRODUCTION || cups > 4, "MADANG_TEA_CUPS: more, please.")
                    .stopIfAny();
        }
    }

    @TempDir Path home;
    private Desk desk;

    @BeforeEach
    void mina_invites() {
        desk = new Desk(home).env("MADANG_TEA_HOST", "mina").env("JWT_SECRET", Desk.LONG_SECRET);
    }

    @Test
    void a_record_has_what_was_given_and_its_defaults() {
        desk.env("MADANG_TEA", "Green").env("MADANG_TEA_GUESTS", "joon, sora");
        assertThat(settings())
                .isEqualTo(
                        new TeaSettings(
                                Stage.DEVELOPMENT,
                                Tea.GREEN,
                                4,
                                List.of("joon", "sora"),
                                "mina",
                                List.of(new Secret(Desk.LONG_SECRET)),
                                null));
    }

    @Test
    void a_key_of_its_own_hides_the_plain_one() {
        desk.env("MADANG_TEA_SECRETS", "sesame");
        assertThat(settings().secrets()).containsExactly(new Secret("sesame"));
    }

    @Test
    void what_must_be_given_is_missed() {
        desk.env("MADANG_TEA_HOST", "");
        assertThatThrownBy(this::settings)
                .hasMessage("MADANG_TEA_HOST must be given: Who invites.");
    }

    @Test
    void words_and_bounds_are_told() {
        desk.env("MADANG_TEA", "coffee").env("MADANG_TEA_CUPS", "0");
        assertThatThrownBy(this::settings)
                .hasMessage(
                        """
                        MADANG_TEA (environment) cannot be "coffee": expected one of barley, green.
                        MADANG_TEA_CUPS (environment) cannot be "0": expected 1 or more.\
                        """);
    }

    @Test
    void every_rule_of_a_record_is_told() {
        desk.inProduction().env("MADANG_TEA_GUESTS", "[\"mina\"]");
        assertThatThrownBy(this::settings)
                .hasMessage(
                        """
                        MADANG_TEA_GUESTS must not have the host.
                        MADANG_TEA_CUPS: more, please.\
                        """);
    }

    private TeaSettings settings() {
        List<Class<? extends Record>> types =
                List.of(
                        ServerSettings.class,
                        SecretSettings.class,
                        IdentitySettings.class,
                        TeaSettings.class);
        return Settings.load(desk.sources(), types).get(TeaSettings.class);
    }
}
