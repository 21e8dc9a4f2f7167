package madang.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import madang.kit.Failure;
import madang.kit.http.Uploads.Uploaded;

/// What an upload is, by its content, and the name that people see. A name may not claim to be what
/// the content is not; a picture or a PDF may not hide under a foreign one.
record Identified(FileType type, String name) {
    private static final String FIELD = "file";

    static Identified of(Uploaded<?> upload) {
        try (Mapped mapped = Mapped.of(upload.file())) {
            return of(mapped.bytes(), FileName.clean(upload.name()));
        } catch (IOException broken) {
            throw Failure.storage(broken);
        }
    }

    static Identified of(ByteBuffer content, String name) {
        Set<FileType> found = FileType.of(content);
        String extension = FileName.extension(name);
        for (FileType type : found) {
            if (type.hasExtension(extension)) {
                return new Identified(type, name);
            }
        }
        if (extension.isEmpty() && found.size() == 1) {
            FileType type = found.iterator().next();
            return new Identified(type, name + "." + type.extension());
        }
        boolean isDisguised = found.stream().anyMatch(FileType::isAlwaysNamed);
        if (isDisguised || FileType.isClaimedBy(extension)) {
            throw Failure.invalid(FIELD, "extension_mismatch");
        }
        return new Identified(FileType.OTHER, name);
    }
}
