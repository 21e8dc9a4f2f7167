package madang.app;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Scanner;
import madang.embedded.EmbeddedPostgres;
import madang.kit.ErrorReporter;
import madang.kit.Secret;
import madang.kit.db.DatabaseAddress;
import madang.kit.json.Json;
import madang.kit.settings.DatabaseSettings;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.kit.settings.Sources;

/// What an operator does from the shell, whether the server runs or not.
final class Admin {
    private static final String USAGE =
            "madang admin create NAME   (the password is asked for, or read from standard input)";

    static void main(List<String> words) {
        if (words.size() != 2 || !words.getFirst().equals("create")) {
            Main.stop(USAGE);
            return;
        }
        create(words.get(1), password());
    }

    /// Where the database is, for psql and other tools.
    static String database() {
        Settings settings = Settings.load(Sources.ofProcess(), Wiring.SETTINGS);
        return withDatabase(
                settings,
                address ->
                        "PostgreSQL: "
                                + address.jdbcUrl().replaceFirst("^jdbc:", "")
                                + "\nuser: "
                                + address.user()
                                + (settings.get(DatabaseSettings.class).url() == null
                                        ? "\npassword: in the file `password` of "
                                                + settings.get(ServerSettings.class).data()
                                        : ""));
    }

    private static void create(String name, Secret password) {
        Settings settings = Settings.load(Sources.ofProcess(), Wiring.SETTINGS);
        String outcome =
                withDatabase(
                        settings,
                        address -> {
                            Wiring house =
                                    new Wiring(
                                            settings,
                                            address,
                                            new Json(),
                                            new Wiring.Surroundings(
                                                    Wiring.MICROSECONDS, ErrorReporter.NONE));
                            return house.createAdmin(name, password);
                        });
        Main.say(outcome);
        System.exit(0);
    }

    private interface Work {
        String with(DatabaseAddress address);
    }

    /// On the running server's database if one runs here, else on our own for the moment.
    private static String withDatabase(Settings settings, Work work) {
        Optional<DatabaseAddress> running =
                settings.get(DatabaseSettings.class).url() == null
                        ? EmbeddedPostgres.running(settings.get(ServerSettings.class).data())
                        : Optional.empty();
        if (running.isPresent()) {
            return work.with(running.get());
        }
        Main.Database database = Main.Database.open(settings);
        try {
            return work.with(database.address());
        } finally {
            database.close();
        }
    }

    private static Secret password() {
        Console console = Objects.requireNonNull(System.console());
        return new Secret(
                console.isTerminal()
                        ? new String(console.readPassword("Password: "))
                        : new Scanner(System.in, StandardCharsets.UTF_8).nextLine());
    }

    private Admin() {}
}
