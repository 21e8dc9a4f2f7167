package madang.identity;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;

/// Lets those in who proved who they are, whatever the proof was.
final class Entrance {
    private final AccountStore accounts;
    private final Sessions sessions;
    private final DeviceTokens devices;
    private final InstantSource clock;

    Entrance(AccountStore accounts, Sessions sessions, DeviceTokens devices, InstantSource clock) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.devices = devices;
        this.clock = clock;
    }

    /// Opens a session for the owner of an account. Somebody who is suspended stays outside; who
    /// had withdrawn is back by this.
    SignedIn admit(Tx tx, Visitor visitor, Id<User> user, SignInMethod method) {
        Account account =
                accounts.lock(tx, user)
                        .filter(Account::hasDoor)
                        .orElseThrow(() -> Failure.unauthenticated("AUTH_INVALID_CREDENTIALS"));
        Instant now = clock.instant();
        if (account.isSuspended(now)) {
            throw suspended(account);
        }
        accounts.entered(tx, user, now);
        if (account.withdrawnAt() != null) {
            tx.publish(new WithdrawalUndone(user, now));
        }
        boolean isNewDevice =
                account.lastLoginAt() != null
                        && devices.device(visitor.deviceToken(), user) == null;
        return enter(tx, visitor, account.enteredAt(now), method, isNewDevice);
    }

    /// Opens the first session of an account that was made in this transaction.
    SignedIn welcome(Tx tx, Visitor visitor, Account account, SignInMethod method) {
        return enter(tx, visitor, account, method, false);
    }

    private SignedIn enter(
            Tx tx, Visitor visitor, Account account, SignInMethod method, boolean isNewDevice) {
        SignedIn signedIn = sessions.open(tx, account, method, visitor);
        tx.publish(
                new SessionOpened(
                        account.id(),
                        signedIn.caller().session(),
                        method,
                        visitor.device(),
                        visitor.network(),
                        isNewDevice,
                        clock.instant()));
        return signedIn;
    }

    /// Until when is the suspended's own business; why is told by who suspended him.
    private static Failure suspended(Account account) {
        Map<String, Object> details = new HashMap<>();
        if (account.suspendedUntil() != null) {
            details.put("until", account.suspendedUntil());
        }
        return Failure.of(Failure.Kind.FORBIDDEN, "ACCOUNT_SUSPENDED").with(details);
    }
}
