package madang.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Download;

/// How files are handed out over HTTP, by whichever feature has found that its caller may have
/// them.
public final class FilesViews {
    /// A reader's own browser may keep it for a while, nobody between us may, and not for another
    /// user of the same browser.
    private static final String CACHING = "private, max-age=900";

    /// Whatever it is, it runs nothing and loads nothing.
    private static final String POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

    /// The file itself. Pictures may be shown in place, everything else is saved.
    public static ApiResponse whole(ApiRequest request, Files files, StoredFile file) {
        Download download =
                new Download(
                        file.id().toString(),
                        file.type().mimeType(),
                        file.size(),
                        (from, length) -> files.open(file, from, length));
        String manner = file.type().isPicture() ? "inline" : "attachment";
        return guarded(download.answer(request))
                .header("Content-Disposition", disposition(manner, file.name()));
    }

    /// Its thumbnail; a file that has none has no such address.
    public static ApiResponse thumbnail(ApiRequest request, Files files, StoredFile file) {
        if (file.thumbnailType() == null || file.thumbnailSize() == null) {
            throw Files.notFound();
        }
        Download download =
                new Download(
                        file.id() + "-thumbnail",
                        file.thumbnailType().mimeType(),
                        file.thumbnailSize(),
                        (from, length) -> files.openThumbnail(file, from, length));
        return guarded(download.answer(request)).header("Content-Disposition", "inline");
    }

    private static ApiResponse guarded(ApiResponse answer) {
        return answer.header("Cache-Control", CACHING)
                .header("Vary", "Authorization, Cookie")
                .header("Content-Security-Policy", POLICY)
                .header("Cross-Origin-Resource-Policy", "same-site");
    }

    /// The name twice (RFC 6266 §4.3): in ASCII for old readers, and as it is (RFC 8187).
    static String disposition(String manner, String name) {
        String ascii =
                Normalizer.normalize(name, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}", "")
                        .replaceAll("[^\\x20-\\x7e]+", "_")
                        .replaceAll("[\"\\\\%]", "_");
        return manner + "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte one : name.getBytes(UTF_8)) {
            char letter = (char) (one & 0xff);
            if (isPlain(letter)) {
                encoded.append(letter);
            } else {
                encoded.append("%%%02X".formatted((int) letter));
            }
        }
        return encoded.toString();
    }

    /// `attr-char` of RFC 8187.
    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || "!#$&+-.^_`|~".indexOf(letter) >= 0;
    }

    private FilesViews() {}
}
