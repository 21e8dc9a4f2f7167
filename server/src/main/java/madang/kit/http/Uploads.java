package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import madang.kit.Failure;
import madang.kit.json.Json;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads forms that bring a file (RFC 7578). The file flows into a folder of its own while it
/// comes, never into memory, and is gone when its reader closes what he got.
public final class Uploads {
    /// The name of the field that brings it.
    static final String FILE = "file";

    private static final Logger log = LoggerFactory.getLogger(Uploads.class);
    private static final int MAX_PARTS = 8;
    private static final int MAX_PART_HEADERS = 4 << 10;

    /// All fields and part headers together.
    private static final int MAX_FIELD_BYTES = 64 << 10;

    private static final int MAX_IN_MEMORY = 16 << 10;

    /// No upload takes so long: an older file is what a dead process left.
    private static final Duration OLDEST = Duration.ofHours(1);

    private final Json json;
    private final Path folder;
    private final long maxBytes;
    private final InstantSource clock;

    /// Files of at most `maxBytes` each.
    public Uploads(Json json, Path folder, long maxBytes, InstantSource clock) {
        this.json = json;
        this.folder = folder.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    /// What a form brought: its fields, and a file with the name that its sender gave it. The file
    /// lies at `file` until this is closed.
    public record Uploaded<F>(F fields, Path file, String name, long size)
            implements AutoCloseable {
        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException later) {
                log.warn("an upload is left for the sweep", later);
            }
        }
    }

    /// Reads the form that a request to an upload route brings; fields are checked like those of a
    /// JSON body, and an empty one counts as absent.
    public <F extends Record> Uploaded<F> read(ApiRequest request, Class<F> fields) {
        Arriving arriving =
                new Arriving(request.jettyRequest(), maxBytes + MAX_FIELD_BYTES, tooLarge());
        if (arriving.getLength() > maxBytes + MAX_FIELD_BYTES) {
            throw tooLarge();
        }
        try (MultiPartFormData.Parts parts = parse(boundary(request), arriving)) {
            F values = json.read(json.write(texts(parts)), fields);
            MultiPart.Part file = file(parts);
            String name = Objects.requireNonNullElse(file.getFileName(), "");
            return new Uploaded<>(values, moved(file), name, file.getLength());
        }
    }

    /// Drops what processes that died have left.
    public void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var oldest = clock.instant().minus(OLDEST);
        try (Stream<Path> all = Files.list(folder)) {
            for (Path left : all.toList()) {
                if (Files.getLastModifiedTime(left).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(left);
                }
            }
        } catch (IOException later) {
            log.warn("old uploads in {} are swept the next time", folder, later);
        }
    }

    private Failure tooLarge() {
        return Failure.of(Failure.Kind.TOO_LARGE, "FILE_TOO_LARGE", maxBytes >> 20);
    }

    private static String boundary(ApiRequest request) {
        @Nullable String type = request.header(HttpHeader.CONTENT_TYPE.asString());
        @Nullable String boundary =
                type == null || !MimeTypes.Type.MULTIPART_FORM_DATA.is(plain(type))
                        ? null
                        : MultiPart.extractBoundary(type);
        if (boundary == null) {
            throw Failure.of(Failure.Kind.UNSUPPORTED_MEDIA_TYPE, "FORM_EXPECTED");
        }
        return boundary;
    }

    private static String plain(String contentType) {
        return contentType.split(";", 2)[0].trim();
    }

    private MultiPartFormData.Parts parse(String boundary, Arriving arriving) {
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setFilesDirectory(made(folder));
        parser.setUseFilesForPartsWithoutFileName(true);
        parser.setMaxMemoryFileSize(MAX_IN_MEMORY);
        parser.setMaxFileSize(-1);
        parser.setMaxLength(-1);
        parser.setMaxParts(MAX_PARTS);
        parser.setPartHeadersMaxLength(MAX_PART_HEADERS);
        CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
        parser.parse(arriving, Promise.Invocable.toPromise(parsed));
        try {
            return parsed.join();
        } catch (CompletionException refused) {
            throw arriving.refusal(refused.getCause());
        }
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    private static Map<String, String> texts(MultiPartFormData.Parts parts) {
        Map<String, String> texts = new HashMap<>();
        for (MultiPart.Part part : parts) {
            if (!FILE.equals(part.getName())) {
                if (part.getLength() > MAX_FIELD_BYTES) {
                    throw Body.tooLarge();
                }
                String text = text(part);
                if (!text.isEmpty() && texts.put(part.getName(), text) != null) {
                    throw malformed();
                }
            }
        }
        return texts;
    }

    private static String text(MultiPart.Part part) {
        try {
            return part.getContentAsString(UTF_8);
        } catch (IllegalArgumentException noUtf8) {
            throw malformed();
        }
    }

    private MultiPart.Part file(MultiPartFormData.Parts parts) {
        if (parts.getAll(FILE).size() != 1) {
            throw Failure.invalid(FILE, "one_file");
        }
        MultiPart.Part file = parts.getAll(FILE).getFirst();
        if (file.getLength() > maxBytes) {
            throw tooLarge();
        }
        if (file.getLength() == 0) {
            throw Failure.invalid(FILE, "empty_file");
        }
        return file;
    }

    private Path moved(MultiPart.Part file) {
        try {
            Path own = Files.createTempFile(folder, "upload", "");
            file.writeTo(own);
            return own;
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    static Failure malformed() {
        return Failure.of(Failure.Kind.MALFORMED, "MALFORMED_FORM");
    }
}
