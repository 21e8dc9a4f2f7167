package madang.identity;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// What one feature keeps of people, as their rights ask for it: all of it to take away, and all of
/// it gone. Every feature with a table about people registers one (`rights.holds(…)`); what it does
/// for each table is what the table's comment says after `erase:`.
public interface PersonalData {

    /// Its part of an export, the name of a folder: `chat`.
    String section();

    /// Puts in all that is kept of this user, in a form that he can read and another service could.
    /// Secrets stay (hashes, keys, tokens), and so does what is another person's. Called outside
    /// any transaction.
    void export(Id<User> user, Archive archive);

    /// Erases what must not stay, in transactions of its own that are each short. It may be called
    /// again after it died at any point or was through: then it does what is left, maybe nothing.
    /// When it returns, nothing is left, on disks and in memories of other nodes neither.
    ///
    /// By then the user is shut out for good; his id still exists and is empty in the end.
    void erase(Id<User> user);

    /// Where an export goes.
    interface Archive {
        /// A JSON document `<section>/<name>.json`.
        void put(String name, Object document);

        /// A JSON array of any length, page by page.
        <T> void putAll(String name, Pages<T> pages);

        /// A file as it is, below `<section>/`.
        void putFile(String name, Bytes bytes);
    }

    /// A long list, read in pages.
    interface Pages<T> {
        /// What follows behind this one, or from the start behind null; empty at the end.
        List<T> behind(@Nullable T last);
    }

    /// The content of a file.
    interface Bytes {
        void writeTo(OutputStream out) throws IOException;
    }
}
