package madang.kit.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The same request twice has one effect (`Idempotency-Key`, after Stripe's contract and
/// draft-ietf-httpapi-idempotency-key-header). Key, effect, facts and answer commit in one
/// transaction, which `db.tx` of the feature joins; so there is no moment in which one of them
/// exists without the others. A key that somebody else holds right now is 409.
public final class Idempotency {
    /// How long an answer can be had again.
    public static final Duration KEPT = Duration.ofHours(24);

    /// The status of an attempt that has no answer yet, and when it is given up.
    private static final int UNDER_WAY = 0;

    private static final Duration ABANDONED = Duration.ofMinutes(1);
    private static final String HEADER = "Idempotency-Key";

    private record Kept(byte[] bodyHash, int status, String headers, byte[] body) {}

    private record Key(Caller.Member caller, String route, String key, byte[] bodyHash) {}

    private final Db db;
    private final InstantSource clock;

    public Idempotency(Db db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /// The key of a request whose body brings one of its own: another spelling of `client_key`.
    public static @Nullable String keyOf(ApiRequest request) {
        @Nullable String key = request.header(HEADER);
        return key == null ? null : valid(key);
    }

    Reply pass(ApiRequest request, Route route, Filter.Next next) {
        @Nullable String key = request.header(HEADER);
        if (key == null
                || !route.takesIdempotencyKey()
                || !(request.caller() instanceof Caller.Member caller)) {
            return next.go();
        }
        String where = request.method() + " " + request.jettyRequest().getHttpURI().getPath();
        Key named = new Key(caller, where, valid(key), sha256(request.bytes()));
        return route.isOutside() ? onceOutside(named, next) : db.tx(tx -> once(tx, named, next));
    }

    /// Answers kept longer than they can be asked for again are dropped; a job calls this. The
    /// answers to one user's requests; what he repeats afterwards is done anew.
    public void forget(Id<User> user) {
        db.run(tx ->
                tx.sql("delete from kit.idempotency where user_id = :user")
                        .with("user", user)
                        .count());
    }

    public void forgetOld() {
        db.run(tx ->
                tx.sql("delete from kit.idempotency where created_at < :before")
                        .with("before", clock.instant().minus(KEPT))
                        .count());
    }

    private Reply once(Tx tx, Key key, Filter.Next next) {
        if (!lock(tx, key)) {
            throw Failure.conflict("IDEMPOTENCY_IN_PROGRESS");
        }
        Optional<Kept> kept = find(tx, key);
        if (kept.isPresent()) {
            return replay(kept.get(), key);
        }
        Reply reply = answer(tx, next);
        if (isFinal(reply)) {
            keep(tx, key, reply, clock.instant());
        }
        return reply;
    }

    /// Where the effect cannot join our transaction: the key is taken first, the answer written
    /// after it.
    private Reply onceOutside(Key key, Filter.Next next) {
        Instant begun = clock.instant();
        Optional<Kept> kept = db.tx(tx -> attempt(tx, key, begun));
        if (kept.isPresent()) {
            return replay(kept.get(), key);
        }
        boolean isAnswered = false;
        try {
            Reply reply = next.go();
            isAnswered = isFinal(reply) && db.tx(tx -> finish(tx, key, begun, reply));
            return reply;
        } finally {
            if (!isAnswered) {
                db.run(tx -> giveUp(tx, key, begun));
            }
        }
    }

    /// Takes the key for this attempt, or finds the answer of an earlier one.
    private Optional<Kept> attempt(Tx tx, Key key, Instant begun) {
        if (!lock(tx, key)) {
            throw Failure.conflict("IDEMPOTENCY_IN_PROGRESS");
        }
        Optional<Kept> kept = find(tx, key);
        if (kept.isPresent() && kept.get().status() == UNDER_WAY) {
            throw Failure.conflict("IDEMPOTENCY_IN_PROGRESS");
        }
        if (kept.isEmpty()) {
            Reply none = Reply.json(UNDER_WAY, new byte[0]);
            keep(tx, key, none, begun);
        }
        return kept;
    }

    /// False where this attempt took so long that another one has taken its place.
    private static boolean finish(Tx tx, Key key, Instant begun, Reply reply) {
        return tx.sql(
                        """
                        update kit.idempotency
                        set status = :status, headers = :headers, body = :body
                        where user_id = :user and route = :route and key = :key
                          and status = :underWay and created_at = :begun
                        """)
                .with("user", key.caller().user())
                .with("route", key.route())
                .with("key", key.key())
                .with("underWay", UNDER_WAY)
                .with("begun", begun)
                .with("status", reply.status())
                .with("headers", lines(reply.headers()))
                .with("body", reply.bytes())
                .changed();
    }

    private static void giveUp(Tx tx, Key key, Instant begun) {
        tx.sql(
                        """
                        delete from kit.idempotency
                        where user_id = :user and route = :route and key = :key
                          and status = :underWay and created_at = :begun
                        """)
                .with("user", key.caller().user())
                .with("route", key.route())
                .with("key", key.key())
                .with("underWay", UNDER_WAY)
                .with("begun", begun)
                .count();
    }

    /// A refusal undoes what the handler did and is kept as the answer.
    private Reply answer(Tx tx, Filter.Next next) {
        try {
            return tx.savepoint(() -> {
                Reply reply = db.joined(tx, next::go);
                if (reply.status() >= 400) {
                    throw new Refused(reply);
                }
                return reply;
            });
        } catch (Refused refused) {
            return refused.reply;
        }
    }

    private static final class Refused extends RuntimeException {
        private final transient Reply reply;

        Refused(Reply reply) {
            super(null, null, false, false);
            this.reply = reply;
        }
    }

    private static boolean isFinal(Reply reply) {
        return reply.status() < 500 && reply.status() != 401 && reply.status() != 429;
    }

    private static Reply replay(Kept kept, Key key) {
        if (!Arrays.equals(kept.bodyHash(), key.bodyHash())) {
            throw Failure.of(Failure.Kind.INVALID, "IDEMPOTENCY_KEY_REUSED");
        }
        return new Reply(kept.status(), headers(kept.headers()), kept.body(), Reply.JSON)
                .with("Idempotent-Replayed", "true");
    }

    private static boolean lock(Tx tx, Key key) {
        return tx.sql("select pg_try_advisory_xact_lock(hashtextextended(:lock, 1))")
                .with("lock", key.caller().user() + " " + key.route() + " " + key.key())
                .one(Boolean.class);
    }

    /// An answer that is not too old, or an attempt that is not abandoned.
    private Optional<Kept> find(Tx tx, Key key) {
        Instant now = clock.instant();
        return tx.sql(
                        """
                        select body_hash, status, headers, body from kit.idempotency
                        where user_id = :user and route = :route and key = :key
                          and created_at > case status when :underWay then :abandoned else :old end
                        """)
                .with("user", key.caller().user())
                .with("route", key.route())
                .with("key", key.key())
                .with("underWay", UNDER_WAY)
                .with("abandoned", now.minus(ABANDONED))
                .with("old", now.minus(KEPT))
                .first(Kept.class);
    }

    /// In the place of what counts no more, if any is left.
    private static void keep(Tx tx, Key key, Reply reply, Instant at) {
        tx.sql(
                        """
                        insert into kit.idempotency
                            (user_id, route, key, body_hash, status, headers, body, created_at)
                        values (:user, :route, :key, :bodyHash, :status, :headers, :body, :at)
                        on conflict (user_id, route, key) do update
                        set body_hash = excluded.body_hash, status = excluded.status,
                            headers = excluded.headers, body = excluded.body,
                            created_at = excluded.created_at
                        """)
                .with("user", key.caller().user())
                .with("route", key.route())
                .with("key", key.key())
                .with("bodyHash", key.bodyHash())
                .with("status", reply.status())
                .with("headers", lines(reply.headers()))
                .with("body", reply.bytes())
                .with("at", at)
                .count();
    }

    private static String lines(List<ApiResponse.Header> headers) {
        StringBuilder lines = new StringBuilder();
        headers.forEach(header ->
                lines.append(header.name()).append(": ").append(header.value()).append('\n'));
        return lines.toString();
    }

    private static List<ApiResponse.Header> headers(String lines) {
        List<ApiResponse.Header> headers = new ArrayList<>();
        lines.lines()
                .map(line -> line.split(": ", 2))
                .forEach(parts -> headers.add(new ApiResponse.Header(parts[0], parts[1])));
        return headers;
    }

    private static String valid(String key) {
        if (!key.matches("[\\x21-\\x7e]{1,255}")) {
            throw Failure.invalid("Idempotency-Key", "idempotency_key");
        }
        return key;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
