package madang.chat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import madang.kit.CrashPoint;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Tx;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The logs in PostgreSQL. One transaction appends a whole batch: the rooms' ends are locked in the
/// order of their ids, every draft gets its place, one insert stores them all. A repeated key is
/// not looked for beforehand; the insert notices it, and then the batch is done again one by one,
/// as one is with a draft that cannot be stored (what that is worth:
/// docs/decisions/room-writer.md).
final class PostgresMessageStore implements MessageStore {
    private static final String COLUMNS =
            """
            select m.room_id, m.seq, m.changed_seq, m.id, m.kind, m.author_id, m.text, m.notice,
                   m.client_key, m.created_at, m.edited_at, m.deleted_at, m.pinned_at, m.thread,
                   m.replies, m.mentions, m.reactions, m.file, m.preview, m.encrypted_keys,
                   m.reply_to, q.seq, q.author_id, case when q.encrypted_keys is null then q.text end
            """;

    /// What a message answers. Only asked for where there is one (`offset 0` keeps that condition
    /// in front): a planner that knows no figures of a young table would otherwise read the whole
    /// room again for each message.
    private static final String QUOTED =
            """
            left join lateral (
                select quoted.seq, quoted.author_id, quoted.text, quoted.encrypted_keys
                from chat.message quoted
                where m.reply_to is not null
                  and quoted.room_id = m.room_id and quoted.id = m.reply_to offset 0) q on true
            """;

    private static final String MESSAGES = COLUMNS + "from chat.message m\n" + QUOTED;

    private static final int ERASED_AT_ONCE = 5_000;

    private static final Logger log = LoggerFactory.getLogger(PostgresMessageStore.class);

    private final Db reads;
    private final Db writes;
    private final MessageChanges changes;

    /// Appends and changes use connections of their own, so that a crowd of readers never makes a
    /// sender wait.
    PostgresMessageStore(Db reads, Db writes, Json json) {
        this.reads = reads;
        this.writes = writes;
        changes = new MessageChanges(json);
    }

    @Override
    public List<Outcome> append(List<Draft> drafts, Instant now) {
        requireNoTransaction();
        try {
            return writes.tx(tx -> Births.append(tx, drafts, now));
        } catch (Failure databaseAway) {
            throw databaseAway;
        } catch (RuntimeException oneIsRepeatedOrBad) {
            return drafts.stream().map(draft -> appendAlone(draft, now)).toList();
        }
    }

    @Override
    public Optional<Message> saidBefore(Draft draft) {
        return reads.read(tx -> findByKey(tx, draft));
    }

    @Override
    public Optional<Message> change(Id<Room> room, Id<Message> message, Change change) {
        requireNoTransaction();
        return writes.tx(tx -> {
            LogEnds.Place end = Objects.requireNonNull(LogEnds.lock(tx, List.of(room)).get(room));
            long seq = end.seq() + 1;
            if (!changes.apply(tx, new MessageChanges.Spot(room, message, seq), change)) {
                return Optional.empty();
            }
            tx.sql("update chat.room_log set last_seq = :seq where room_id = :room")
                    .with("seq", seq)
                    .with("room", room)
                    .count();
            CrashPoint.BEFORE_CHANGE_COMMIT.pass();
            return find(tx, room, message);
        });
    }

    @Override
    public Optional<Message> find(Id<Room> room, Id<Message> message) {
        return reads.read(tx -> find(tx, room, message));
    }

    @Override
    public List<Message> before(Id<Room> room, long before, int limit) {
        return page(
                MESSAGES
                        + "where m.room_id = :room and m.seq < :bound order by m.seq desc limit :limit",
                room,
                before,
                limit);
    }

    @Override
    public List<Message> after(Id<Room> room, long after, int limit) {
        return page(
                MESSAGES + "where m.room_id = :room and m.seq > :bound order by m.seq limit :limit",
                room,
                after,
                limit);
    }

    @Override
    public List<Message> changedAfter(Id<Room> room, long after, int limit) {
        return page(
                MESSAGES
                        + "where m.room_id = :room and m.changed_seq > :bound"
                        + " order by m.changed_seq limit :limit",
                room,
                after,
                limit);
    }

    @Override
    public List<Message> at(List<Id<Room>> rooms, List<Long> seqs) {
        return reads.read(tx ->
                tx.sql(
                                COLUMNS
                                        + """
                                        from unnest(:rooms, :seqs) as asked(room_id, seq)
                                        join chat.message m
                                            on m.room_id = asked.room_id and m.seq = asked.seq
                                        """
                                        + QUOTED
                                        + "order by m.room_id, m.seq desc")
                        .withIds("rooms", rooms)
                        .withLongs("seqs", seqs)
                        .list(Message.class));
    }

    @Override
    public List<Message> threadBefore(Id<Room> room, Id<Message> root, long before, int limit) {
        return thread(
                "and m.seq < :bound order by m.seq desc limit :limit", room, root, before, limit);
    }

    @Override
    public List<Message> threadAfter(Id<Room> room, Id<Message> root, long after, int limit) {
        return thread("and m.seq > :bound order by m.seq limit :limit", room, root, after, limit);
    }

    private List<Message> thread(
            String page, Id<Room> room, Id<Message> root, long bound, int limit) {
        return reads.read(tx ->
                tx.sql(MESSAGES + "where m.room_id = :room and m.thread = :root " + page)
                        .with("room", room)
                        .with("root", root)
                        .with("bound", bound)
                        .with("limit", limit)
                        .list(Message.class));
    }

    /// Halves the logs again and again, because times increase with places and only places have an
    /// index. A log that ended before its time needs one look.
    @Override
    public List<Long> lastBefore(List<Id<Room>> rooms, List<Instant> times) {
        return reads.read(tx ->
                tx.sql(
                                """
                                with recursive search(position, room_id, time, low, high) as (
                                    select asked.position, asked.room_id, asked.time,
                                           case when last.created_at < asked.time then last.seq else 0 end,
                                           coalesce(last.seq, 0)
                                    from unnest(:rooms, :times)
                                         with ordinality as asked(room_id, time, position)
                                    left join lateral (
                                        select seq, created_at from chat.message m
                                        where m.room_id = asked.room_id
                                        order by m.seq desc limit 1) last on true
                                    union all
                                    select position, room_id, time,
                                           case when probe.created_at >= time then low else mid end,
                                           case when probe.created_at >= time then probe.seq - 1 else high end
                                    from search
                                    cross join lateral (select (low + high + 1) / 2 as mid) half
                                    left join lateral (
                                        select seq, created_at from chat.message m
                                        where m.room_id = search.room_id and m.seq <= mid
                                        order by m.seq desc limit 1) probe on true
                                    where low < high)
                                select low from search where low >= high order by position
                                """)
                        .withIds("rooms", rooms)
                        .withInstants("times", times)
                        .list(Long.class));
    }

    @Override
    public long bornSince(Instant time) {
        return reads.read(tx ->
                tx.sql(
                                """
                                select count(*) from chat.room_log log
                                join chat.message m on m.room_id = log.room_id
                                    and m.id >= :first and m.kind <> 'NOTICE'
                                where log.last_at >= :time
                                """)
                        .with("first", new Id<Message>(new UUID(time.toEpochMilli() << 16, 0)))
                        .with("time", time)
                        .one(Long.class));
    }

    @Override
    public List<Message> pinned(Id<Room> room, int limit) {
        return reads.read(tx ->
                tx.sql(
                                MESSAGES
                                        + """
                                        where m.room_id = :room and m.pinned_at is not null
                                        order by m.pinned_at desc, m.seq desc limit :limit
                                        """)
                        .with("room", room)
                        .with("limit", limit)
                        .list(Message.class));
    }

    @Override
    public List<Reacted> reactions(Id<Room> room, Id<Message> message, long after, int limit) {
        return reads.read(tx ->
                tx.sql(
                                """
                                select emoji, user_id, seq from chat.reaction
                                where room_id = :room and message_id = :message and seq > :after
                                order by seq limit :limit
                                """)
                        .with("room", room)
                        .with("message", message)
                        .with("after", after)
                        .with("limit", limit)
                        .list(Reacted.class));
    }

    @Override
    public void erase(Id<Room> room) {
        requireNoTransaction();
        while (reads.read(tx -> eraseSome(tx, room))) {
            log.debug("room {} is being emptied", room);
        }
    }

    private static boolean eraseSome(Tx tx, Id<Room> room) {
        return tx.sql(
                                """
                                with gone as (
                                    delete from chat.message where room_id = :room and seq in (
                                        select seq from chat.message where room_id = :room
                                        order by seq limit :limit)
                                    returning id, seq),
                                reactions as (
                                    delete from chat.reaction
                                    where room_id = :room and message_id in (select id from gone)),
                                mentions as (
                                    delete from chat.mention
                                    where room_id = :room and seq in (select seq from gone))
                                select count(*) from gone
                                """)
                        .with("room", room)
                        .with("limit", ERASED_AT_ONCE)
                        .one(Long.class)
                > 0;
    }

    @Override
    public List<Message> by(Id<User> author, @Nullable Id<Message> after, int limit) {
        return reads.read(tx ->
                tx.sql(
                                MESSAGES
                                        + """
                                        where m.author_id = :author and m.deleted_at is null
                                          and m.id > coalesce(:after, '00000000-0000-0000-0000-000000000000'::uuid)
                                        order by m.id limit :limit
                                        """)
                        .with("author", author)
                        .with("after", after)
                        .with("limit", limit)
                        .list(Message.class));
    }

    @Override
    public List<ReactedTo> reactedBy(Id<User> user, int limit) {
        return reads.read(tx ->
                tx.sql(
                                """
                                select room_id, message_id, emoji from chat.reaction
                                where user_id = :user limit :limit
                                """)
                        .with("user", user)
                        .with("limit", limit)
                        .list(ReactedTo.class));
    }

    @Override
    public void forgetNameOf(Id<User> user) {
        requireNoTransaction();
        reads.run(tx -> {
            tx.sql(
                            """
                            update chat.message
                            set notice = jsonb_set(notice::jsonb, '{args,nickname}', '""')::text
                            where notice is not null
                              and substring(notice from '"user":"([0-9a-f-]{36})"') = :user::text
                            """)
                    .with("user", user)
                    .count();
            tx.sql("delete from chat.mention where user_id = :user").with("user", user).count();
        });
    }

    @Override
    public List<End> ends(List<Id<Room>> rooms) {
        return reads.read(tx ->
                tx.sql(
                                """
                                select asked.room_id, coalesce(log.last_seq, 0),
                                       case when isfinite(log.last_at) then log.last_at else 'epoch' end
                                from unnest(:rooms) with ordinality as asked(room_id, position)
                                left join chat.room_log log on log.room_id = asked.room_id
                                order by asked.position
                                """)
                        .withIds("rooms", rooms)
                        .list(End.class));
    }

    @Override
    public List<Message> newest(List<Id<Room>> rooms) {
        return reads.read(tx ->
                tx.sql(
                                COLUMNS
                                        + """
                                        from unnest(:rooms) as asked(room_id)
                                        cross join lateral (
                                            select * from chat.message last
                                            where last.room_id = asked.room_id
                                            order by last.seq desc limit 1) m
                                        """
                                        + QUOTED)
                        .withIds("rooms", rooms)
                        .list(Message.class));
    }

    @Override
    public List<Message> mentioning(
            Id<User> user, List<Id<Room>> rooms, @Nullable MentionedAt before, int limit) {
        return reads.read(tx ->
                tx.sql(
                                COLUMNS
                                        + """
                                        from chat.mention mentioned
                                        join chat.message m
                                            on m.room_id = mentioned.room_id and m.seq = mentioned.seq
                                        """
                                        + QUOTED
                                        + """
                                        where mentioned.user_id = :user
                                          and mentioned.room_id = any(:rooms)
                                          and (mentioned.at, mentioned.room_id)
                                              < (coalesce(:at, 'infinity'::timestamptz),
                                                 coalesce(:room, :last::uuid))
                                        order by mentioned.at desc, mentioned.room_id desc
                                        limit :limit
                                        """)
                        .with("user", user)
                        .withIds("rooms", rooms)
                        .with("at", before == null ? null : before.at())
                        .with("room", before == null ? null : before.room())
                        .with("last", "ffffffff-ffff-ffff-ffff-ffffffffffff")
                        .with("limit", limit)
                        .list(Message.class));
    }

    @Override
    public List<Integer> unreadMentions(Id<User> user, List<Marker> markers, int most) {
        return reads.read(tx ->
                tx.sql(
                                """
                                select counted.unread
                                from unnest(:rooms, :reads)
                                     with ordinality as mark(room_id, read_seq, position)
                                cross join lateral (
                                    select count(*)::int as unread
                                    from (select 1 from chat.mention m
                                          where m.user_id = :user and m.room_id = mark.room_id
                                            and m.seq > mark.read_seq
                                          limit :most) visible) counted
                                order by mark.position
                                """)
                        .withIds("rooms", markers.stream().map(Marker::room).toList())
                        .withLongs("reads", markers.stream().map(Marker::readSeq).toList())
                        .with("user", user)
                        .with("most", most)
                        .list(Integer.class));
    }

    @Override
    public List<Integer> unread(Id<User> reader, List<Marker> markers, int most) {
        return reads.read(tx ->
                tx.sql(
                                """
                                select counted.unread
                                from unnest(:rooms, :reads)
                                     with ordinality as mark(room_id, read_seq, position)
                                cross join lateral (
                                    select count(*)::int as unread
                                    from (select 1 from chat.message m
                                          where m.room_id = mark.room_id and m.seq > mark.read_seq
                                            and m.deleted_at is null and m.author_id <> :reader
                                            and m.kind in ('TEXT', 'FILE', 'IMAGE')
                                          limit :most) visible) counted
                                order by mark.position
                                """)
                        .withIds("rooms", markers.stream().map(Marker::room).toList())
                        .withLongs("reads", markers.stream().map(Marker::readSeq).toList())
                        .with("reader", reader)
                        .with("most", most)
                        .list(Integer.class));
    }

    private List<Message> page(String sql, Id<Room> room, long bound, int limit) {
        return reads.read(tx ->
                tx.sql(sql)
                        .with("room", room)
                        .with("bound", bound)
                        .with("limit", limit)
                        .list(Message.class));
    }

    private static Optional<Message> find(Tx tx, Id<Room> room, Id<Message> message) {
        return tx.sql(MESSAGES + "where m.room_id = :room and m.id = :message")
                .with("room", room)
                .with("message", message)
                .first(Message.class);
    }

    private Outcome appendAlone(Draft draft, Instant now) {
        try {
            return writes.tx(tx -> {
                LogEnds.lock(tx, List.of(draft.room()));
                Optional<Message> first = findByKey(tx, draft);
                return first.isPresent()
                        ? new Outcome.Repeated(first.get())
                        : Births.append(tx, List.of(draft), now).getFirst();
            });
        } catch (Failure databaseAway) {
            throw databaseAway;
        } catch (RuntimeException bad) {
            log.error("a message cannot be stored", bad);
            return new Outcome.Refused(Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR"));
        }
    }

    private static Optional<Message> findByKey(Tx tx, Draft draft) {
        return tx.sql(
                        MESSAGES
                                + "where m.room_id = :room and m.client_key = :key"
                                + " and m.author_id is not distinct from :author")
                .with("room", draft.room())
                .with("key", draft.clientKey())
                .with("author", draft.author())
                .first(Message.class);
    }

    private static void requireNoTransaction() {
        if (Db.isInTransaction()) {
            throw new IllegalStateException("the message store keeps its own transactions");
        }
    }
}
