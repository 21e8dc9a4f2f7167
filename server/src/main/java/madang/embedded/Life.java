package madang.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One life of the server process, read by its log.
final class Life {
    private static final Logger LOG = LoggerFactory.getLogger(Life.class);
    private static final String READY = "database system is ready to accept connections";
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS_WITHIN = Duration.ofSeconds(2);

    private final Process process;
    private final int port;
    private final ServerLog log;
    private final Thread reader;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    Life(Process process, int port, ServerLog log) {
        this.port = port;
        this.process = process;
        this.log = log;
        log.forget();
        reader = Thread.ofPlatform().daemon().name("postgres-log").start(this::read);
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /// Whether it accepts connections before it ends. Recovery takes the time it takes: to give up
    /// would only make the next one longer.
    boolean becomesReady() {
        CompletableFuture<Object> either = CompletableFuture.anyOf(ready, process.onExit());
        while (!Wait.atMost(SILENCE, either)) {
            LOG.info("PostgreSQL is still recovering, see {}", log.file());
        }
        return ready.isDone();
    }

    /// Whether it ends before `closing` is asked.
    boolean endsBefore(CompletableFuture<Void> closing) {
        CompletableFuture.anyOf(process.onExit(), closing).join();
        return !closing.isDone();
    }

    String lastWords() {
        try {
            reader.join(LAST_WORDS_WITHIN);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        String words = log.lastWords();
        return words.isEmpty() ? "it ended without a word" : words;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(this::hear);
        } catch (IOException | UncheckedIOException closed) {
            // It ended, and whoever outlived it speaks to nobody.
        }
    }

    private void hear(String line) {
        log.add(line);
        if (line.contains(READY)) {
            ready.complete(null);
        }
    }
}
