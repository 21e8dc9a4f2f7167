package madang.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What a file is, found by its content; its name has to agree. Only pictures are ever shown by a
/// browser that was led here; everything else is handed over to be saved.
public enum FileType {
    JPEG("image/jpeg", "jpg", "jpeg"),
    PNG("image/png", "png"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp"),
    PDF("application/pdf", "pdf"),
    TEXT("text/plain", "txt"),
    ZIP("application/zip", "zip"),
    DOCX("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    HWPX("application/vnd.hancom.hwpx", "hwpx"),
    HWP("application/vnd.hancom.hwp", "hwp"),
    DOC("application/msword", "doc"),
    XLS("application/vnd.ms-excel", "xls"),
    PPT("application/vnd.ms-powerpoint", "ppt"),
    MP4("video/mp4", "mp4", "m4v"),
    MOV("video/quicktime", "mov"),
    M4A("audio/mp4", "m4a"),
    MP3("audio/mpeg", "mp3"),
    WAV("audio/wav", "wav"),
    OGG("audio/ogg", "ogg", "oga"),
    WEBM("video/webm", "webm"),
    /// What nobody knows, text under a name of its own (csv, html, a script) included.
    OTHER("application/octet-stream");

    private static final int HEAD = 16;
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    private final String mimeType;

    @SuppressWarnings("ImmutableEnumChecker") // as `List.of` makes it
    private final List<String> extensions;

    FileType(String mimeType, String... extensions) {
        this.mimeType = mimeType;
        this.extensions = List.of(extensions);
    }

    public String mimeType() {
        return mimeType;
    }

    /// Shown by browsers, so that under a foreign name it would be a disguise.
    boolean isAlwaysNamed() {
        return isPicture() || this == PDF;
    }

    public boolean isPicture() {
        return this == JPEG || this == PNG || this == GIF || this == WEBP;
    }

    /// The ending that a name of this type gets where it has none.
    public String extension() {
        return extensions.isEmpty() ? "" : extensions.getFirst();
    }

    boolean hasExtension(String extension) {
        return extensions.contains(extension.toLowerCase(Locale.ROOT));
    }

    /// Whether a name that ends so claims to be of a type that is known by its content.
    static boolean isClaimedBy(String extension) {
        return Stream.of(values()).anyMatch(type -> type.hasExtension(extension));
    }

    /// What these bytes may be: several types share a container, and then the name decides.
    static Set<FileType> of(ByteBuffer bytes) {
        Set<FileType> signed = bySignature(head(bytes));
        return signed.isEmpty() && isText(bytes) ? EnumSet.of(TEXT) : signed;
    }

    private static Set<FileType> bySignature(String head) {
        if (head.startsWith("\u00ff\u00d8\u00ff")) {
            return EnumSet.of(JPEG);
        }
        if (head.startsWith("\u0089PNG\r\n\u001a\n")) {
            return EnumSet.of(PNG);
        }
        if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) {
            return EnumSet.of(GIF);
        }
        if (head.startsWith("RIFF")) {
            return head.startsWith("WEBP", 8)
                    ? EnumSet.of(WEBP)
                    : head.startsWith("WAVE", 8) ? EnumSet.of(WAV) : Set.of();
        }
        if (head.startsWith("%PDF-")) {
            return EnumSet.of(PDF);
        }
        if (head.startsWith("PK\u0003\u0004") || head.startsWith("PK\u0005\u0006")) {
            return EnumSet.of(ZIP, DOCX, XLSX, PPTX, HWPX);
        }
        if (head.startsWith("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1")) {
            return EnumSet.of(HWP, DOC, XLS, PPT);
        }
        return soundOrFilm(head);
    }

    private static Set<FileType> soundOrFilm(String head) {
        if (head.startsWith("ftyp", 4)) {
            return EnumSet.of(MP4, MOV, M4A);
        }
        if (head.startsWith("ID3") || head.matches("(?s)\u00ff[\u00fb\u00f3\u00f2].*")) {
            return EnumSet.of(MP3);
        }
        if (head.startsWith("OggS")) {
            return EnumSet.of(OGG);
        }
        return head.startsWith("\u001aE\u00df\u00a3") ? EnumSet.of(WEBM) : Set.of();
    }

    /// The first bytes as letters, one for one.
    private static String head(ByteBuffer bytes) {
        byte[] head = new byte[Math.min(HEAD, bytes.remaining())];
        bytes.duplicate().get(head);
        return new String(head, ISO_8859_1);
    }

    /// Written in UTF-8, or as old Korean programs write.
    private static boolean isText(ByteBuffer bytes) {
        return Stream.of(StandardCharsets.UTF_8, KOREAN)
                .anyMatch(charset -> isText(bytes.duplicate(), charset.newDecoder()));
    }

    private static boolean isText(ByteBuffer bytes, CharsetDecoder decoder) {
        decoder.onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer letters = CharBuffer.allocate(8_192);
        CoderResult result;
        do {
            result = decoder.decode(bytes, letters, true);
            letters.flip();
            if (result.isError() || letters.chars().anyMatch(FileType::isNoText)) {
                return false;
            }
            letters.clear();
        } while (result.isOverflow());
        return true;
    }

    private static boolean isNoText(int letter) {
        return letter < ' ' && "\t\n\f\r\u001b".indexOf(letter) < 0;
    }
}
