package madang.app;

import java.io.Console;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Scanner;
import java.util.function.Function;
import madang.audit.AuditCheck;
import madang.embedded.EmbeddedPostgres;
import madang.kit.ErrorReporter;
import madang.kit.Secret;
import madang.kit.db.DatabaseAddress;
import madang.kit.json.Json;
import madang.kit.settings.DatabaseSettings;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.kit.settings.Sources;
import org.jspecify.annotations.Nullable;

/// What an operator does from the shell, whether the server runs or not.
final class Admin {
    private static final String USAGE =
            """
            madang admin create NAME           (the password is asked for, or read from standard input)
            madang admin verify-audit [HEAD]   (HEAD, number:hash, was told by an earlier one or by the log)\
            """;

    static void main(List<String> words) {
        String word = words.isEmpty() ? "" : words.getFirst();
        if (word.equals("create") && words.size() == 2) {
            create(words.get(1), password());
        } else if (word.equals("verify-audit") && words.size() <= 2) {
            verifyAudit(words.size() == 2 ? words.get(1) : null);
        } else {
            Main.stop(USAGE);
        }
    }

    /// Where the database is, for psql and other tools.
    static String database() {
        Settings settings = Settings.load(Sources.ofProcess(), FromSettings.ALL);
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
        Main.say(inTheHouse(house -> house.createAdmin(name, password)));
        System.exit(0);
    }

    private static void verifyAudit(@Nullable String head) {
        AuditCheck check = inTheHouse(house -> house.checkAudit(head));
        Main.say(
                "%d entries, %d waiting for their seal; head: %s"
                        .formatted(
                                check.entries(),
                                check.waiting(),
                                check.head() == null ? "none" : check.head()));
        AuditCheck.@Nullable Fault fault = check.fault();
        Main.say(
                fault == null
                        ? "the chain is sound"
                        : "FAULT %s, seal %s, entry %s"
                                .formatted(fault.kind(), fault.number(), fault.entry()));
        System.exit(fault == null ? 0 : 1);
    }

    /// Builds the house around its database, without opening it.
    private static <T> T inTheHouse(Function<Wiring, T> work) {
        Settings settings = Settings.load(Sources.ofProcess(), FromSettings.ALL);
        return withDatabase(
                settings,
                address ->
                        work.apply(
                                new Wiring(
                                        settings,
                                        address,
                                        new Json(),
                                        new Wiring.Surroundings(
                                                Wiring.MICROSECONDS, ErrorReporter.NONE))));
    }

    private interface Work<T> {
        T with(DatabaseAddress address);
    }

    /// On the running server's database if one runs here, else on our own for the moment.
    private static <T> T withDatabase(Settings settings, Work<T> work) {
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
