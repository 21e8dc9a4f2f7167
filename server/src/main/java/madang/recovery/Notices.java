package madang.recovery;

import madang.identity.PasswordChanged;
import madang.identity.SessionOpened;
import madang.identity.SignInMethod;
import madang.kit.db.Db;
import madang.kit.db.Outbox;

/// Tells the owner of an account by mail what somebody did to it who may not be he.
final class Notices {
    private static final String NEW_DEVICE = "recovery.new-device";
    private static final String PASSWORD_CHANGED = "recovery.password-changed";

    private final Db db;
    private final Letters letters;

    Notices(Db db, Letters letters) {
        this.db = db;
        this.letters = letters;
    }

    void listen(Outbox outbox) {
        outbox.listen(NEW_DEVICE, SessionOpened.class, this::opened);
        outbox.listen(PASSWORD_CHANGED, PasswordChanged.class, this::changed);
    }

    /// Whoever came by a link in the mailbox reads the mailbox.
    private void opened(Outbox.Heard<SessionOpened> heard) {
        SessionOpened opened = heard.fact();
        if (!opened.isNewDevice() || opened.method() == SignInMethod.MAGIC_LINK) {
            return;
        }
        db.run(tx -> {
            if (tx.processed(NEW_DEVICE, heard)) {
                letters.notice(
                        tx,
                        LetterKind.NEW_DEVICE,
                        opened.user(),
                        opened.device(),
                        opened.address(),
                        opened.at().toString());
            }
        });
    }

    private void changed(Outbox.Heard<PasswordChanged> heard) {
        db.run(tx -> {
            if (tx.processed(PASSWORD_CHANGED, heard)) {
                letters.notice(tx, LetterKind.PASSWORD_CHANGED, heard.fact().user());
            }
        });
    }
}
