package madang.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// One file as it goes over the wire. The arrays are shared by all requests: nobody writes to them.
///
/// @param gzip the same bytes compressed once and for all, null where that saves nothing
/// @param etag strong, for the plain bytes; the compressed ones are [#gzipEtag]
/// @param immutable whether the address changes with the content, so that a browser never asks
///   twice
@SuppressWarnings("ArrayRecordComponent") // Never compared; copying them would cost every request.
public record Asset(
        byte[] bytes, byte @Nullable [] gzip, String contentType, String etag, boolean immutable) {
    private static final int WORTH_COMPRESSING_BYTES = 400;
    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "ts", "text/plain; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "svg", "image/svg+xml",
                    "png", "image/png");

    static Asset immutable(String name, byte[] bytes) {
        return of(name, bytes, true);
    }

    static Asset changing(String name, byte[] bytes) {
        return of(name, bytes, false);
    }

    public String cacheControl() {
        return immutable ? "public, max-age=31536000, immutable" : "no-cache";
    }

    /// A strong tag names one sequence of bytes, so the compressed ones have their own.
    public String gzipEtag() {
        return etag.substring(0, etag.length() - 1) + "-gzip\"";
    }

    private static Asset of(String name, byte[] bytes, boolean immutable) {
        String type = TYPES.get(extension(name));
        if (type == null) {
            throw new IllegalArgumentException("no content type for " + name);
        }
        String etag = '"' + hash(bytes) + '"';
        return new Asset(
                bytes, type.startsWith("image/png") ? null : gzip(bytes), type, etag, immutable);
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes), 0, 10);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte @Nullable [] gzip(byte[] bytes) {
        if (bytes.length < WORTH_COMPRESSING_BYTES) {
            return null;
        }
        var compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.size() < bytes.length ? compressed.toByteArray() : null;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
