package madang.files;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Files as the rights of people ask for them: whoever brought one in takes it away, and with him
/// it goes, whoever keeps it.
final class FilesData implements PersonalData {
    private static final int AT_ONCE = 200;

    private final Files files;

    FilesData(Files files) {
        this.files = files;
    }

    @Override
    public String section() {
        return "files";
    }

    /// A file as its owner is told of it.
    record OwnFile(
            Id<StoredFile> id,
            String name,
            String type,
            long size,
            String keeper,
            Id<?> place,
            Instant createdAt) {
        static OwnFile of(StoredFile file) {
            return new OwnFile(
                    file.id(),
                    file.name(),
                    file.type().mimeType(),
                    file.size(),
                    file.keeper(),
                    file.place(),
                    file.createdAt());
        }
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.<OwnFile>putAll(
                "files",
                last ->
                        files.of(user, last == null ? null : last.id(), AT_ONCE).stream()
                                .map(OwnFile::of)
                                .toList());
        @Nullable Id<StoredFile> last = null;
        for (List<StoredFile> some = files.of(user, last, AT_ONCE);
                !some.isEmpty();
                some = files.of(user, last, AT_ONCE)) {
            for (StoredFile file : some) {
                last = file.id();
                archive.putFile(
                        file.name(),
                        out -> {
                            try (InputStream bytes = files.open(file, 0, file.size())) {
                                bytes.transferTo(out);
                            }
                        });
            }
        }
    }

    @Override
    public void erase(Id<User> user) {
        for (List<StoredFile> some = files.of(user, null, AT_ONCE);
                !some.isEmpty();
                some = files.of(user, null, AT_ONCE)) {
            some.forEach(files::giveBack);
        }
    }
}
