package madang.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import madang.adapters.SentryReporter;
import madang.embedded.CannotStartPostgres;
import madang.embedded.EmbeddedPostgres;
import madang.kit.CannotStart;
import madang.kit.ErrorReporter;
import madang.kit.db.DatabaseAddress;
import madang.kit.json.Json;
import madang.kit.settings.ConfigReference;
import madang.kit.settings.DatabaseSettings;
import madang.kit.settings.DatabaseUrl;
import madang.kit.settings.HttpSettings;
import madang.kit.settings.LogSettings;
import madang.kit.settings.ServerSettings;
import madang.kit.settings.Settings;
import madang.kit.settings.SettingsProblem;
import madang.kit.settings.Sources;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `java -jar madang.jar [run | config | admin … | db]`; without a word it runs.
public final class Main {
    private static final Logger log = LoggerFactory.getLogger(Main.class);

    // What has been opened so far, for the shutdown hook: it may come at any moment of the start.
    private static volatile @Nullable Database database;
    private static volatile @Nullable Wiring house;
    private static volatile boolean isLeaving;
    private static volatile int exitCode;

    public static void main(String[] args) {
        List<String> words = args.length == 0 ? List.of("run") : Arrays.asList(args);
        try {
            switch (words.getFirst()) {
                case "run" -> run();
                case "config" -> say(ConfigReference.text(Sources.ofProcess(), FromSettings.ALL));
                case "admin" -> Admin.main(words.subList(1, words.size()));
                case "db" -> say(Admin.database());
                case "rehearse" -> Rehearsal.main();
                default -> stop("madang " + words.getFirst() + "? Words: run, config, admin, db.");
            }
        } catch (SettingsProblem | CannotStartPostgres | CannotStart told) {
            stop(told.getMessage());
        } catch (IOException | InterruptedException failed) {
            stop(failed.toString());
        }
    }

    private static void run() {
        Settings settings = Settings.load(Sources.ofProcess(), FromSettings.ALL);
        Logs.configure(settings.get(LogSettings.class));
        settings.notices().forEach(log::warn);
        CompletableFuture<Json> json = CompletableFuture.supplyAsync(Json::new);
        Runtime.getRuntime().addShutdownHook(new Thread(Main::leave, "stop"));
        database = Database.open(settings);
        house =
                new Wiring(
                        settings,
                        database.address(),
                        json.join(),
                        new Wiring.Surroundings(Wiring.MICROSECONDS, errors(settings)));
        house.start();
        if (!isLeaving) {
            welcome(settings, house);
        }
    }

    /// The PostgreSQL of this run: the one that is named, or our own child.
    record Database(DatabaseAddress address, @Nullable EmbeddedPostgres ours) {
        static Database open(Settings settings) {
            @Nullable DatabaseUrl url = settings.get(DatabaseSettings.class).url();
            if (url != null) {
                return new Database(
                        new DatabaseAddress(url.jdbcUrl(), url.user(), url.password()), null);
            }
            Path data = settings.get(ServerSettings.class).data();
            try {
                Files.createDirectories(data);
            } catch (IOException refused) {
                throw new CannotStart(
                        "MADANG_DATA " + data + " cannot be used: " + refused, refused);
            }
            EmbeddedPostgres ours = EmbeddedPostgres.start(data);
            return new Database(ours.address(), ours);
        }

        void close() {
            if (ours != null) {
                ours.close();
            }
        }
    }

    private static ErrorReporter errors(Settings settings) {
        LogSettings logs = settings.get(LogSettings.class);
        return logs.sentryDsn() == null
                ? ErrorReporter.NONE
                : new SentryReporter(logs.sentryDsn(), logs.sentryEnvironment(), Version.OURS);
    }

    /// Ends with our own exit code: a process that was asked to stop and did so has not failed.
    private static void leave() {
        isLeaving = true;
        try {
            if (house != null) {
                house.stop();
            }
            if (database != null) {
                database.close();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unclean) {
            log.error("the stop was not clean", unclean);
            exitCode = Math.max(exitCode, 1);
        } finally {
            Logs.flush();
            Runtime.getRuntime().halt(exitCode);
        }
    }

    private static void welcome(Settings settings, Wiring house) {
        String address = settings.get(HttpSettings.class).publicAddress(house.port());
        long millis =
                System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        log.info("ready on port {} after {} ms", house.port(), millis);
        say(
                """

                  마당 Madang %s is open, %d ms after its start.

                    %s            the page: sign up and chat
                    %s/docs       the API
                %s    %s/ready      for probes

                  Stop it with Ctrl-C; everything that was said stays.
                """
                        .formatted(
                                Version.OURS,
                                millis,
                                address,
                                address,
                                house.sandbox() == null ? "" : played(address),
                                address));
    }

    private static String played(String address) {
        return "    %s/sandbox    Kakao, Google, Naver, mails and the clock, played\n"
                .formatted(address);
    }

    static void say(String text) {
        System.out.println(text);
    }

    static void stop(@Nullable String why) {
        System.err.println(why);
        exitCode = 2;
        System.exit(exitCode);
    }

    private Main() {}
}
