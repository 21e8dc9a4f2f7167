package madang.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import madang.testing.House;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// The Chromium of this machine, without a screen. Nothing is ever downloaded: the two programs
/// stand where `MADANG_CHROMIUM` and `MADANG_CHROMEDRIVER` say, else where Debian puts them.
///
/// A browser takes a second to start and keeps its profile to itself, so those that a test has
/// closed are emptied and lent to the next one; all are gone with the JVM.
final class Browser {
    private static final Path CHROMIUM = program("MADANG_CHROMIUM", "/usr/bin/chromium");
    private static final Path DRIVER = program("MADANG_CHROMEDRIVER", "/usr/bin/chromedriver");
    private static final boolean IS_REQUIRED = "1".equals(System.getenv("MADANG_REQUIRE_BROWSER"));
    private static final List<String> FLAGS =
            List.of(
                    "--headless=new",
                    "--no-sandbox",
                    "--ignore-certificate-errors",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage",
                    "--hide-scrollbars",
                    "--force-color-profile=srgb");

    private static final Deque<ChromeDriver> IDLE = new ArrayDeque<>();
    private static final List<ChromeDriver> STARTED = new ArrayList<>();
    private static final List<Path> PROFILES = new ArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(Browser::end));
    }

    private Browser() {}

    /// A window of somebody who has never been here.
    static synchronized Window open(House house, Look look) {
        ChromeDriver chromium = IDLE.isEmpty() ? start() : IDLE.pop();
        return new Window(chromium, house, look);
    }

    /// Takes a window's browser back; the window leaves nothing behind in it.
    static synchronized void giveBack(ChromeDriver chromium) {
        IDLE.push(chromium);
    }

    private static ChromeDriver start() {
        Path profile = profile();
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + profile);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs());
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enablePage", false));
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(DRIVER.toFile())
                        .usingAnyFreePort()
                        .build();
        ChromeDriver chromium = new ChromeDriver(service, options);
        chromium.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
        STARTED.add(chromium);
        return chromium;
    }

    private static LoggingPreferences logs() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        return logs;
    }

    private static Path profile() {
        try {
            Path profile = Files.createTempDirectory("madang-chromium-");
            PROFILES.add(profile);
            return profile;
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }

    private static void end() {
        STARTED.forEach(ChromeDriver::quit);
        PROFILES.forEach(Browser::delete);
    }

    /// A Chromium that is still ending may take a file away under our hands.
    private static void delete(Path profile) {
        try (Stream<Path> all = Files.walk(profile)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException left) {
            System.err.println(profile + " is left: " + left.getMessage());
        }
    }

    private static Path program(String setting, String usual) {
        String given = System.getenv(setting);
        return Path.of(given == null ? usual : given);
    }

    /// Lets a test class pass only where there is a browser.
    static final class Found implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            List<Path> missing =
                    Stream.of(CHROMIUM, DRIVER).filter(path -> !Files.isExecutable(path)).toList();
            if (missing.isEmpty()) {
                return;
            }
            String sentence =
                    "No browser tests: "
                            + missing
                            + " cannot be run; install chromium and chromium-driver, or name them"
                            + " with MADANG_CHROMIUM and MADANG_CHROMEDRIVER.";
            System.out.println(sentence);
            if (IS_REQUIRED) {
                throw new AssertionError(sentence);
            }
            Assumptions.abort(sentence);
        }
    }
}
