package madang.kit.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.calendar.CalendarSettings;
import madang.chat.ChatSettings;
import madang.dialect.woongkie.WoongkieSettings;
import madang.files.FilesSettings;
import madang.identity.IdentitySettings;
import madang.recovery.RecoverySettings;
import madang.rights.RightsSettings;
import madang.social.GoogleSettings;
import madang.social.KakaoSettings;
import madang.social.NaverSettings;

/// An operator's desk: an environment, a `.env` and a settings file that a test fills in.
final class Desk {
    static final List<Class<? extends Record>> ALL =
            Stream.concat(
                            Settings.KIT.stream(),
                            Stream.of(
                                    IdentitySettings.class,
                                    RecoverySettings.class,
                                    KakaoSettings.class,
                                    GoogleSettings.class,
                                    NaverSettings.class,
                                    FilesSettings.class,
                                    CalendarSettings.class,
                                    ChatSettings.class,
                                    RightsSettings.class,
                                    WoongkieSettings.class))
                    .toList();
    static final String LONG_SECRET = "a long and quiet afternoon in the yard of 1987";
    static final String VAULT_KEY = "k1:bWluYSBob3N0cyB0ZWEgYXQgdGhyZWUgaW4gdGhlICE=";

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    Desk(Path home) {
        this.home = home;
        environment.put("MADANG_DATA", data().toString());
    }

    Path data() {
        return home.resolve("data");
    }

    Path settingsFile() {
        return data().resolve("madang.properties");
    }

    Path madeSecrets() {
        return data().resolve("made-secrets.properties");
    }

    Desk env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Desk dotEnv(String text) {
        return write(home.resolve(".env"), text);
    }

    Desk file(String text) {
        return write(settingsFile(), text);
    }

    /// A desk that has what production demands.
    Desk inProduction() {
        return env("APP_ENV", "production")
                .env("JWT_SECRET", LONG_SECRET)
                .env("MADANG_VAULT_KEYS", VAULT_KEY)
                .env("MADANG_OPERATOR_TOKEN", "persimmon-ladder-42");
    }

    Sources sources() {
        return new Sources(environment, home.resolve(".env"));
    }

    Settings load() {
        return Settings.load(sources(), ALL);
    }

    <R extends Record> R get(Class<R> type) {
        return load().get(type);
    }

    /// The lines that stop the start; empty where it starts.
    List<String> problems() {
        try {
            load();
            return List.of();
        } catch (SettingsProblem problem) {
            return problem.lines();
        }
    }

    private Desk write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
