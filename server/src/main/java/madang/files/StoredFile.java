package madang.files;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import madang.port.BlobStore.Blob;
import org.jspecify.annotations.Nullable;

/// A file that was brought in. `place` and `thing` tell who keeps it, in the keeper's own ids (a
/// room and a message of it); sizes are those of the picture as it is seen.
public record StoredFile(
        Id<StoredFile> id,
        Id<User> owner,
        String keeper,
        Id<?> place,
        Id<?> thing,
        String name,
        FileType type,
        long size,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Id<Blob> thumbnail,
        @Nullable FileType thumbnailType,
        @Nullable Integer thumbnailSize,
        Instant createdAt,
        @Nullable Instant askAt) {

    /// Who keeps a file, and by what: where it stops, the file goes.
    public record Holding(String keeper, Id<?> place, Id<?> thing) {}

    /// Knows the things of a feature that keep files.
    public interface Keeper {
        boolean keeps(Id<?> place, Id<?> thing, Id<StoredFile> file);
    }

    public boolean hasThumbnail() {
        return thumbnail != null;
    }
}
