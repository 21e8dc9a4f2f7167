package madang.social;

import java.time.Instant;
import java.util.Optional;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `social.attempt`.
final class AttemptStore {

    /// `browser` is what the cookie says; null where none came.
    record Knock(Provider provider, String state, @Nullable String browser, boolean isProgram) {}

    void add(Tx tx, Knock knock, Attempt attempt, Instant until) {
        tx.sql(
                        """
                        insert into social.attempt
                            (state_hash, provider, browser_hash, is_program, redirect_uri, goes_to,
                             linker_id, session_id, agreed, expires_at)
                        values (:state, :provider, :browser, :isProgram, :redirectUri, :goesTo,
                                :linker, :session, :agreed, :until)
                        """)
                .with(attempt)
                .with("state", Proofs.hash(knock.state()))
                .with("provider", knock.provider())
                .with("browser", browser(knock))
                .with("isProgram", knock.isProgram())
                .with("until", until)
                .count();
    }

    /// Takes an attempt out, for whoever may go on with it: the browser that began it, or a program
    /// where a program did. Anybody else finds nothing and leaves it where it is.
    Optional<Attempt> take(Tx tx, Knock knock, Instant now) {
        return tx.sql(
                        """
                        delete from social.attempt
                        where state_hash = :state and provider = :provider and expires_at > :now
                          and (browser_hash = :browser or is_program and :isProgram)
                        returning redirect_uri, goes_to, linker_id, session_id, agreed
                        """)
                .with("state", Proofs.hash(knock.state()))
                .with("provider", knock.provider())
                .with("browser", browser(knock))
                .with("isProgram", knock.isProgram())
                .with("now", now)
                .first(Attempt.class);
    }

    void forgetOld(Tx tx, Instant now) {
        tx.sql("delete from social.attempt where expires_at <= :now").with("now", now).count();
    }

    private static byte[] browser(Knock knock) {
        return Proofs.hash(knock.browser() == null ? "" : knock.browser());
    }
}
