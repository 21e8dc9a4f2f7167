package madang.embedded;

import java.nio.file.Path;

/// The embedded PostgreSQL does not come up. The message tells whoever starts this server where it
/// failed and what to do.
public final class CannotStartPostgres extends RuntimeException {

    CannotStartPostgres(String whatToDo) {
        super(whatToDo);
    }

    CannotStartPostgres(String whatToDo, Throwable cause) {
        super(whatToDo, cause);
    }

    static CannotStartPostgres in(Path folder, Throwable cause) {
        return cause instanceof CannotStartPostgres told
                ? told
                : new CannotStartPostgres(meaning(folder, cause.toString()), cause);
    }

    /// What the last words of a program, or of an exception, mean for this data folder.
    static String meaning(Path folder, String lastWords) {
        return "PostgreSQL does not start in %s: %s".formatted(folder, advice(folder, lastWords));
    }

    private static String advice(Path folder, String lastWords) {
        if (lastWords.contains("No space left on device") || lastWords.contains("Disk quota")) {
            return "its disk is full. Free some space, or name another folder by MADANG_DATA";
        }
        if (lastWords.contains("Read-only file system")) {
            return "its disk is read-only. Name another folder by MADANG_DATA";
        }
        if (lastWords.contains("setpriv: ")) {
            return "it refuses to be root, and becoming user %d failed (%s). Start Madang as an ordinary user who owns MADANG_DATA=%s"
                    .formatted(Runner.NOBODY, lastWords, folder);
        }
        if (lastWords.contains("required file not found")
                || lastWords.contains("error while loading shared libraries")) {
            return "this system cannot run the bundled programs (%s). Set MADANG_DATABASE_URL to a PostgreSQL that runs elsewhere"
                    .formatted(lastWords);
        }
        if (lastWords.contains("AccessDeniedException")
                || lastWords.contains("Permission denied")
                || lastWords.contains("wrong ownership")) {
            return "%s may not use it (%s). Start Madang as the user to whom it belongs, or name another folder by MADANG_DATA"
                    .formatted(System.getProperty("user.name"), lastWords);
        }
        return lastWords;
    }
}
