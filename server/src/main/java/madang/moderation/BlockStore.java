package madang.moderation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The table `moderation.block`.
final class BlockStore {

    /// Whom somebody has blocked, and since when.
    record Block(Id<User> user, Instant at) {}

    /// False where it stood there already.
    boolean add(Tx tx, Id<User> blocker, Id<User> blocked, Instant now) {
        return tx.sql(
                        """
                        insert into moderation.block (blocker_id, blocked_id, created_at)
                        values (:blocker, :blocked, :now)
                        on conflict do nothing
                        """)
                .with("blocker", blocker)
                .with("blocked", blocked)
                .with("now", now)
                .changed();
    }

    /// False where there was none.
    boolean remove(Tx tx, Id<User> blocker, Id<User> blocked) {
        return tx.sql(
                        """
                        delete from moderation.block
                        where blocker_id = :blocker and blocked_id = :blocked
                        """)
                .with("blocker", blocker)
                .with("blocked", blocked)
                .changed();
    }

    Optional<Block> find(Tx tx, Id<User> blocker, Id<User> blocked) {
        return tx.sql(
                        """
                        select blocked_id, created_at from moderation.block
                        where blocker_id = :blocker and blocked_id = :blocked
                        """)
                .with("blocker", blocker)
                .with("blocked", blocked)
                .first(Block.class);
    }

    long count(Tx tx, Id<User> blocker) {
        return tx.sql("select count(*) from moderation.block where blocker_id = :blocker")
                .with("blocker", blocker)
                .one(Long.class);
    }

    /// The latest first, behind this one.
    List<Block> page(Tx tx, Id<User> blocker, @Nullable Block after, int limit) {
        return tx.sql(
                        """
                        select blocked_id, created_at from moderation.block
                        where blocker_id = :blocker
                          and (:at::timestamptz is null or (created_at, blocked_id) < (:at, :user))
                        order by created_at desc, blocked_id desc limit :limit
                        """)
                .with("blocker", blocker)
                .with("at", after == null ? null : after.at())
                .with("user", after == null ? null : after.user())
                .with("limit", limit)
                .list(Block.class);
    }

    /// Forgets all blocks by or of somebody; answers with who blocked.
    List<Id<User>> forgetOf(Tx tx, Id<User> user) {
        return tx
                .sql(
                        """
                        delete from moderation.block
                        where blocker_id = :user or blocked_id = :user returning blocker_id
                        """)
                .with("user", user)
                .<User>ids()
                .stream()
                .distinct()
                .toList();
    }

    private record Between(Id<User> blocker, Id<User> blocked) {}

    /// Whom each of these has blocked; nobody is a set as well.
    Map<Id<User>, Set<Id<User>>> blockedBy(Tx tx, Collection<Id<User>> blockers) {
        Map<Id<User>, Set<Id<User>>> blocked =
                tx
                        .sql(
                                """
                                select blocker_id, blocked_id from moderation.block
                                where blocker_id = any(:blockers)
                                """)
                        .withIds("blockers", blockers)
                        .list(Between.class)
                        .stream()
                        .collect(
                                groupingBy(
                                        Between::blocker,
                                        HashMap::new,
                                        mapping(Between::blocked, toSet())));
        blockers.forEach(blocker -> blocked.putIfAbsent(blocker, Set.of()));
        return blocked;
    }
}
