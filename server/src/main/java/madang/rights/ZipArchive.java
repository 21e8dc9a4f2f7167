package madang.rights;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import madang.identity.PersonalData.Archive;
import madang.identity.PersonalData.Bytes;
import madang.identity.PersonalData.Pages;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// An export as a ZIP file that is written as it grows: a page of it is in memory at a time.
final class ZipArchive implements AutoCloseable {
    private final ZipOutputStream zip;
    private final Json json;
    private final Set<String> names = new HashSet<>();

    ZipArchive(OutputStream out, Json json) {
        zip = new ZipOutputStream(out, UTF_8);
        this.json = json;
    }

    /// The part of one feature, a folder of its own.
    Archive section(String folder) {
        return new Section(folder);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private final class Section implements Archive {
        private final String folder;

        Section(String folder) {
            this.folder = folder;
        }

        @Override
        public void put(String name, Object document) {
            entry(name + ".json", out -> json.write(out, document));
        }

        @Override
        public <T> void putAll(String name, Pages<T> pages) {
            entry(name + ".json", out -> writeAll(out, pages));
        }

        @Override
        public void putFile(String name, Bytes bytes) {
            entry(name, bytes);
        }

        private <T> void writeAll(OutputStream out, Pages<T> pages) throws IOException {
            @Nullable T last = null;
            out.write('[');
            for (List<T> page = pages.behind(null); !page.isEmpty(); page = pages.behind(last)) {
                for (T item : page) {
                    out.write(last == null ? "\n".getBytes(UTF_8) : ",\n".getBytes(UTF_8));
                    out.write(json.write(item));
                    last = item;
                }
            }
            out.write(']');
        }

        private void entry(String name, Bytes content) {
            try {
                zip.putNextEntry(new ZipEntry(folder + "/" + unique(safe(name))));
                content.writeTo(new StaysOpen(zip));
                zip.closeEntry();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /// A name from outside leads nowhere but into its folder.
        private static String safe(String name) {
            String plain = name.replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_").strip();
            return plain.isEmpty() || plain.matches("\\.+") ? "_" : plain;
        }

        private String unique(String name) {
            String found = name;
            for (int i = 2; !names.add(folder + "/" + found); i++) {
                found = i + "-" + name;
            }
            return found;
        }
    }

    /// Writers of JSON close what they were given.
    private static final class StaysOpen extends FilterOutputStream {
        StaysOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            // the archive goes on
        }
    }
}
