package madang.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// The rows of files, in SQL.
final class FileStore {
    private static final String FILES =
            """
            select id, owner_id, keeper, place_id, thing_id, name, type, size, width, height,
                   thumbnail_id, thumbnail_type, thumbnail_size, created_at, ask_at
            from files.file
            """;

    /// Until the transaction ends nobody else counts what this user brings in.
    void lockQuota(Tx tx, Id<User> owner) {
        tx.sql(
                        "select pg_advisory_xact_lock(hashtextextended('files ' || :owner::text, 0)) is null")
                .with("owner", owner)
                .one(Boolean.class);
    }

    long bytesSince(Tx tx, Id<User> owner, Instant since) {
        return tx.sql(
                        """
                        select coalesce(sum(size), 0)::bigint from files.file
                        where owner_id = :owner and created_at > :since
                        """)
                .with("owner", owner)
                .with("since", since)
                .one(Long.class);
    }

    void add(Tx tx, StoredFile file) {
        tx.sql(
                        """
                        insert into files.file (id, owner_id, keeper, place_id, thing_id, name, type, size,
                                                width, height, thumbnail_id, thumbnail_type,
                                                thumbnail_size, created_at, ask_at)
                        values (:id, :owner, :keeper, :place, :thing, :name, :type, :size,
                                :width, :height, :thumbnail, :thumbnailType, :thumbnailSize, :createdAt,
                                :askAt)
                        """)
                .with(file)
                .count();
    }

    Optional<StoredFile> find(Tx tx, Id<StoredFile> id) {
        return tx.sql(FILES + "where id = :id").with("id", id).first(StoredFile.class);
    }

    List<StoredFile> of(Tx tx, Id<User> owner, @Nullable Id<StoredFile> after, int limit) {
        return tx.sql(
                        FILES
                                + """
                                where owner_id = :owner
                                  and id > coalesce(:after, '00000000-0000-0000-0000-000000000000'::uuid)
                                order by id limit :limit
                                """)
                .with("owner", owner)
                .with("after", after)
                .with("limit", limit)
                .list(StoredFile.class);
    }

    /// Those whose keeper is to be asked by now.
    List<StoredFile> due(Tx tx, Instant now, int limit) {
        return tx.sql(FILES + "where ask_at <= :now order by ask_at limit :limit")
                .with("now", now)
                .with("limit", limit)
                .list(StoredFile.class);
    }

    /// Moves the time at which a keeper is asked, if it is still this one.
    boolean askAt(Tx tx, StoredFile file, @Nullable Instant next) {
        return tx.sql(
                        """
                        update files.file set ask_at = :next
                        where id = :id and ask_at is not distinct from :askAt::timestamptz
                        """)
                .with("id", file.id())
                .with("askAt", file.askAt())
                .with("next", next)
                .changed();
    }

    void askAt(Tx tx, Id<StoredFile> id, Instant next) {
        tx.sql("update files.file set ask_at = :next where id = :id")
                .with("id", id)
                .with("next", next)
                .count();
    }

    void askAllAt(Tx tx, String keeper, Id<?> place, Instant next) {
        tx.sql(
                        """
                        update files.file set ask_at = :next
                        where keeper = :keeper and place_id = :place
                        """)
                .with("keeper", keeper)
                .with("place", place)
                .with("next", next)
                .count();
    }

    void remove(Tx tx, Id<StoredFile> id) {
        tx.sql("delete from files.file where id = :id").with("id", id).count();
    }
}
