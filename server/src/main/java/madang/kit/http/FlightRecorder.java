package madang.kit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import madang.kit.Failure;

/// What the process does, recorded for some seconds by JDK Flight Recorder and handed to an
/// operator as a file. One recording at a time.
final class FlightRecorder {
    static final Param<Integer> SECONDS = Param.integer("seconds", 1, 60, 10);

    private final Path folder;
    private final Semaphore one = new Semaphore(1);

    FlightRecorder(Path folder) {
        this.folder = folder;
    }

    ApiResponse record(ApiRequest request) {
        Duration length = Duration.ofSeconds(request.require(SECONDS));
        if (!one.tryAcquire()) {
            throw Failure.conflict("RECORDING_UNDER_WAY");
        }
        try {
            return ApiResponse.raw(200, "application/octet-stream", recorded(length))
                    .header("Content-Disposition", "attachment; filename=\"madang.jfr\"");
        } catch (IOException | ParseException refused) {
            throw new UncheckedIOException(new IOException(refused));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        } finally {
            one.release();
        }
    }

    private byte[] recorded(Duration length)
            throws IOException, ParseException, InterruptedException {
        Path file = Files.createTempFile(Files.createDirectories(folder), "recording", ".jfr");
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.start();
            Thread.sleep(length);
            recording.stop();
            recording.dump(file);
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }
}
