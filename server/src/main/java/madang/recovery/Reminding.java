package madang.recovery;

import java.time.Instant;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// Mails that remind somebody of what he has ahead, for neighbours who know it. They go where all
/// letters go: stored with what caused them, tried again while the mail server is away.
public final class Reminding {
    private final Letters letters;

    Reminding(Letters letters) {
        this.letters = letters;
    }

    /// Mails a user who has proved an address that something begins then, and where he finds it: a
    /// path of ours. What it is called stays here, for it is another person's word.
    public void remind(Tx tx, Id<User> user, Instant begins, String path) {
        letters.remind(tx, user, begins.toString(), path);
    }
}
