package madang.chat;

import static java.time.temporal.ChronoUnit.MICROS;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import madang.chat.ChatViews.ReactionView;
import madang.kit.CrashPoint;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Sql;
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
    private static final String MESSAGES =
            COLUMNS
                    + """
                    from chat.message m
                    left join chat.message q on q.room_id = m.room_id and q.id = m.reply_to
                    """;

    private static final int ERASED_AT_ONCE = 5_000;

    private static final Logger log = LoggerFactory.getLogger(PostgresMessageStore.class);

    private final Db reads;
    private final Db writes;
    private final Json json;

    /// Appends and changes use connections of their own, so that a crowd of readers never makes a
    /// sender wait.
    PostgresMessageStore(Db reads, Db writes, Json json) {
        this.reads = reads;
        this.writes = writes;
        this.json = json;
    }

    @Override
    public List<Outcome> append(List<Draft> drafts, Instant now) {
        requireNoTransaction();
        try {
            return writes.tx(tx -> appendAll(tx, drafts, now));
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
            long seq = end(lock(tx, List.of(room)), room).seq() + 1;
            if (!apply(tx, new Spot(room, message, seq), change)) {
                return Optional.empty();
            }
            tx.sql("update chat.room_log set last_seq = :seq where room_id = :room")
                    .with("seq", seq)
                    .with("room", room)
                    .count();
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
                                        left join chat.message q
                                            on q.room_id = m.room_id and q.id = m.reply_to
                                        order by m.room_id, m.seq desc
                                        """)
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

    /// Halves the log again and again, because times increase with places and only places have an
    /// index.
    @Override
    public long lastBefore(Id<Room> room, Instant time) {
        return reads.read(tx ->
                tx.sql(
                                """
                                with recursive search(low, high) as (
                                    select 0::bigint,
                                           (select coalesce(max(seq), 0) from chat.message where room_id = :room)
                                    union all
                                    select case when probe.created_at >= :time then low else mid end,
                                           case when probe.created_at >= :time then probe.seq - 1 else high end
                                    from search
                                    cross join lateral (select (low + high + 1) / 2 as mid) half
                                    left join lateral (
                                        select seq, created_at from chat.message
                                        where room_id = :room and seq <= mid
                                        order by seq desc limit 1) probe on true
                                    where low < high)
                                select low from search where low >= high
                                """)
                        .with("room", room)
                        .with("time", time)
                        .one(Long.class));
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
                                        left join chat.message q
                                            on q.room_id = m.room_id and q.id = m.reply_to
                                        """)
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
                                        left join chat.message q
                                            on q.room_id = m.room_id and q.id = m.reply_to
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

    /// Where the next thing in a log goes, and when.
    private record Place(long seq, Instant at) {
        Place next(Instant now) {
            return new Place(seq + 1, now.isAfter(at) ? now : at.plus(1, MICROS));
        }
    }

    /// A message that a draft points at: to quote it, or to answer in its thread.
    private record Target(
            Id<Room> room, Message.Quote quote, Id<Message> root, boolean isRootDeleted) {}

    /// The messages that a batch of drafts points at.
    private record Targets(Map<Id<Message>, Target> byId) {

        /// A message of another room is none.
        @Nullable Target of(Draft draft, @Nullable Id<Message> id) {
            @Nullable Target found = id == null ? null : byId.get(id);
            return found != null && found.room().equals(draft.room()) ? found : null;
        }

        @Nullable Failure refusal(Draft draft) {
            @Nullable Target thread = of(draft, draft.thread());
            boolean isLost =
                    (draft.replyTo() != null && of(draft, draft.replyTo()) == null)
                            || (draft.thread() != null && thread == null);
            if (isLost) {
                return Message.notFound();
            }
            return thread != null && thread.isRootDeleted() ? Message.deleted() : null;
        }
    }

    private static final class KeyRepeated extends RuntimeException {
        KeyRepeated() {
            super(null, null, false, false);
        }
    }

    private static List<Outcome> appendAll(Tx tx, List<Draft> drafts, Instant now) {
        Map<Id<Room>, Place> ends = lock(tx, drafts.stream().map(Draft::room).distinct().toList());
        // Read under the lock, so that nothing is quoted that was deleted meanwhile.
        Targets targets = targets(tx, drafts);
        List<Outcome> outcomes = new ArrayList<>(drafts.size());
        List<Message> born = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            @Nullable Failure refusal = targets.refusal(draft);
            if (refusal != null) {
                outcomes.add(new Outcome.Refused(refusal));
                continue;
            }
            Place place =
                    Objects.requireNonNull(ends.get(draft.room())).next(now.truncatedTo(MICROS));
            ends.put(draft.room(), place);
            Message message = born(draft, place, targets);
            born.add(message);
            outcomes.add(new Outcome.Appended(message));
        }
        if (insert(tx, born) < born.size()) {
            throw new KeyRepeated();
        }
        moveEnds(tx, ends);
        joinThreads(tx, born);
        mention(tx, drafts, born);
        CrashPoint.BEFORE_COMMIT.pass();
        return outcomes;
    }

    private Outcome appendAlone(Draft draft, Instant now) {
        try {
            return writes.tx(tx -> {
                lock(tx, List.of(draft.room()));
                Optional<Message> first = findByKey(tx, draft);
                return first.isPresent()
                        ? new Outcome.Repeated(first.get())
                        : appendAll(tx, List.of(draft), now).getFirst();
            });
        } catch (Failure databaseAway) {
            throw databaseAway;
        } catch (RuntimeException bad) {
            log.error("a message cannot be stored", bad);
            return new Outcome.Refused(Failure.of(Failure.Kind.BROKEN, "SERVER_ERROR"));
        }
    }

    /// The ends of these logs, locked in the order of their ids, so that two writers never wait for
    /// each other.
    private static Map<Id<Room>, Place> lock(Tx tx, List<Id<Room>> rooms) {
        Map<Id<Room>, Place> ends = ends(tx, rooms);
        if (ends.size() < rooms.size()) {
            tx.sql(
                            """
                            insert into chat.room_log (room_id) select unnest(:rooms)
                            on conflict do nothing
                            """)
                    .withIds("rooms", rooms.stream().sorted().toList())
                    .count();
            ends = ends(tx, rooms);
        }
        return ends;
    }

    private static Place end(Map<Id<Room>, Place> ends, Id<Room> room) {
        return Objects.requireNonNull(ends.get(room));
    }

    private static Map<Id<Room>, Place> ends(Tx tx, List<Id<Room>> rooms) {
        Map<Id<Room>, Place> ends = new TreeMap<>();
        tx.sql(
                        """
                        select room_id, last_seq,
                               case when isfinite(last_at) then last_at else 'epoch' end
                        from chat.room_log where room_id = any(:rooms) order by room_id for update
                        """)
                .withIds("rooms", rooms)
                .list(End.class)
                .forEach(end -> ends.put(end.room(), new Place(end.lastSeq(), end.lastAt())));
        return ends;
    }

    private static Targets targets(Tx tx, List<Draft> drafts) {
        List<Id<Room>> rooms = new ArrayList<>();
        List<Id<Message>> ids = new ArrayList<>();
        for (Draft draft : drafts) {
            for (Id<Message> id : draft.pointsAt()) {
                rooms.add(draft.room());
                ids.add(id);
            }
        }
        if (ids.isEmpty()) {
            return new Targets(Map.of());
        }
        Map<Id<Message>, Target> targets = new HashMap<>();
        tx.sql(
                        """
                        select m.room_id, m.id, m.seq, m.author_id,
                               case when m.encrypted_keys is null then m.text end,
                               root.id, root.deleted_at is not null
                        from unnest(:rooms, :ids) as asked(room_id, id)
                        join chat.message m on m.room_id = asked.room_id and m.id = asked.id
                        join chat.message root
                            on root.room_id = m.room_id and root.id = coalesce(m.thread, m.id)
                        """)
                .withIds("rooms", rooms)
                .withIds("ids", ids)
                .list(Target.class)
                .forEach(target -> targets.put(target.quote().id(), target));
        return new Targets(targets);
    }

    private static Message born(Draft draft, Place place, Targets targets) {
        @Nullable Target quoted = targets.of(draft, draft.replyTo());
        @Nullable Target answered = targets.of(draft, draft.thread());
        return new Message(
                draft.room(),
                place.seq(),
                place.seq(),
                draft.id(),
                draft.kind(),
                draft.author(),
                draft.text(),
                draft.notice(),
                draft.clientKey(),
                place.at(),
                null,
                null,
                null,
                answered == null ? null : answered.root(),
                0,
                draft.extras(),
                quoted == null ? null : quoted.quote());
    }

    private static int insert(Tx tx, List<Message> born) {
        Sql insert =
                tx.sql(
                        """
                        insert into chat.message
                            (room_id, seq, changed_seq, id, kind, author_id, text, notice, client_key,
                             reply_to, created_at, thread, mentions, file, encrypted_keys)
                        select room_id, seq, seq, id, kind, author_id, text, notice, client_key,
                               reply_to, created_at, thread, mentions, file, encrypted_keys
                        from unnest(:rooms, :seqs, :ids, :kinds, :authors, :texts, :notices, :keys,
                                    :quoted, :times, :threads, :mentions, :files, :encryptedKeys)
                             as born(room_id, seq, id, kind, author_id, text, notice, client_key,
                                     reply_to, created_at, thread, mentions, file, encrypted_keys)
                        on conflict on constraint message_said_once do nothing
                        """);
        return insert.withIds("rooms", each(born, Message::room))
                .withLongs("seqs", each(born, Message::seq))
                .withIds("ids", each(born, Message::id))
                .withTexts("kinds", each(born, message -> message.kind().name()))
                .withIds("authors", each(born, Message::author))
                .withTexts("texts", each(born, Message::text))
                .withTexts("notices", each(born, Message::notice))
                .withTexts("keys", each(born, Message::clientKey))
                .withIds("quoted", each(born, m -> m.replyTo() == null ? null : m.replyTo().id()))
                .withInstants("times", each(born, Message::createdAt))
                .withIds("threads", each(born, Message::thread))
                .withTexts("mentions", each(born, message -> message.extras().mentions()))
                .withTexts("files", each(born, message -> message.extras().file()))
                .withTexts("encryptedKeys", each(born, message -> message.extras().encryptedKeys()))
                .count();
    }

    private interface Column<T> {
        @Nullable T of(Message message);
    }

    private static <T> List<@Nullable T> each(List<Message> born, Column<T> column) {
        List<@Nullable T> values = new ArrayList<>(born.size());
        born.forEach(message -> values.add(column.of(message)));
        return values;
    }

    private static void moveEnds(Tx tx, Map<Id<Room>, Place> ends) {
        Collection<Place> places = ends.values();
        tx.sql(
                        """
                        update chat.room_log log set last_seq = moved.last_seq, last_at = moved.last_at
                        from unnest(:rooms, :seqs, :times) as moved(room_id, last_seq, last_at)
                        where log.room_id = moved.room_id
                        """)
                .withIds("rooms", ends.keySet())
                .withLongs("seqs", places.stream().map(Place::seq).toList())
                .withInstants("times", places.stream().map(Place::at).toList())
                .count();
    }

    private static void mention(Tx tx, List<Draft> drafts, List<Message> born) {
        Map<Id<Message>, Message> byId = new HashMap<>();
        born.forEach(message -> byId.put(message.id(), message));
        List<Id<User>> users = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        for (Draft draft : drafts) {
            @Nullable Message message = byId.get(draft.id());
            if (message != null) {
                users.addAll(draft.mentions());
                messages.addAll(Collections.nCopies(draft.mentions().size(), message));
            }
        }
        if (users.isEmpty()) {
            return;
        }
        tx.sql(
                        """
                        insert into chat.mention (user_id, room_id, seq, at)
                        select * from unnest(:users, :rooms, :seqs, :times)
                        """)
                .withIds("users", users)
                .withIds("rooms", each(messages, Message::room))
                .withLongs("seqs", each(messages, Message::seq))
                .withInstants("times", each(messages, Message::createdAt))
                .count();
    }

    private static void joinThreads(Tx tx, List<Message> born) {
        List<Message> answers = born.stream().filter(message -> message.thread() != null).toList();
        if (answers.isEmpty()) {
            return;
        }
        tx.sql(
                        """
                        update chat.message root set replies = root.replies + answers.count
                        from (select room_id, thread, count(*)
                              from unnest(:rooms, :threads) as answer(room_id, thread)
                              group by room_id, thread) answers
                        where root.room_id = answers.room_id and root.id = answers.thread
                        """)
                .withIds("rooms", each(answers, Message::room))
                .withIds("threads", each(answers, Message::thread))
                .count();
    }

    private static void leaveThread(Tx tx, Spot gone) {
        tx.sql(
                        """
                        update chat.message root set replies = root.replies - 1
                        from chat.message gone
                        where gone.room_id = :room and gone.id = :message
                          and root.room_id = gone.room_id and root.id = gone.thread
                        """)
                .with(gone)
                .count();
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

    /// Where a change is to be made, and the number that it gets in the log.
    private record Spot(Id<Room> room, Id<Message> message, long seq) {}

    private boolean apply(Tx tx, Spot spot, Change change) {
        return switch (change) {
            case Change.Edit edit -> edit(tx, spot, edit);
            case Change.Delete delete -> delete(tx, spot, delete);
            case Change.React react -> react(tx, spot, react);
            case Change.Unreact unreact -> unreact(tx, spot, unreact);
            case Change.Pin pin -> pin(tx, spot, pin);
            case Change.Unpin _ ->
                    update(tx, spot, "pinned_at = null", "and pinned_at is not null").changed();
            case Change.Preview found ->
                    update(tx, spot, "preview = :preview", "and text = :ofText")
                            .with("preview", found.preview())
                            .with("ofText", found.ofText())
                            .changed();
        };
    }

    private static Sql update(Tx tx, Spot spot, String assignments) {
        return update(tx, spot, assignments, "");
    }

    /// A deleted message changes no more.
    private static Sql update(Tx tx, Spot spot, String assignments, String condition) {
        String sql =
                """
                update chat.message set changed_seq = :seq, %s
                where room_id = :room and id = :message and deleted_at is null %s
                """
                        .formatted(assignments, condition);
        return tx.sql(sql).with(spot);
    }

    private static boolean edit(Tx tx, Spot spot, Change.Edit edit) {
        boolean isThere =
                update(
                                tx,
                                spot,
                                "text = :text, mentions = :mentions, edited_at = :at, preview = null")
                        .with("text", edit.text())
                        .with("mentions", Message.mentionsJson(edit.mentions()))
                        .with("at", edit.at())
                        .changed();
        if (isThere) {
            forgetMentions(tx, spot);
            tx.sql(
                            """
                            insert into chat.mention (user_id, room_id, seq, at)
                            select called.user_id, m.room_id, m.seq, m.created_at
                            from chat.message m, unnest(:users) as called(user_id)
                            where m.room_id = :room and m.id = :message
                            """)
                    .with(spot)
                    .withIds("users", edit.mentions())
                    .count();
        }
        return isThere;
    }

    private static void forgetMentions(Tx tx, Spot spot) {
        tx.sql(
                        """
                        delete from chat.mention gone
                        using chat.message m
                        where m.room_id = :room and m.id = :message
                          and gone.room_id = m.room_id and gone.seq = m.seq
                        """)
                .with(spot)
                .count();
    }

    private static boolean delete(Tx tx, Spot spot, Change.Delete delete) {
        boolean isGone =
                update(
                                tx,
                                spot,
                                """
                                text = null, file = null, preview = null, mentions = null,
                                reactions = null, encrypted_keys = null, pinned_at = null,
                                deleted_at = :at
                                """)
                        .with("at", delete.at())
                        .changed();
        if (isGone) {
            tx.sql("delete from chat.reaction where room_id = :room and message_id = :message")
                    .with(spot)
                    .count();
            forgetMentions(tx, spot);
            leaveThread(tx, spot);
        }
        return isGone;
    }

    private boolean react(Tx tx, Spot spot, Change.React react) {
        Optional<Reactions> before = reactions(tx, spot);
        if (before.isEmpty()) {
            return false;
        }
        Reactions after = before.get().with(react.emoji(), react.user());
        boolean isNew =
                tx.sql(
                                """
                                insert into chat.reaction (room_id, message_id, emoji, user_id, seq)
                                values (:room, :message, :emoji, :user, :seq)
                                on conflict do nothing
                                """)
                        .with(spot)
                        .with("emoji", react.emoji().text())
                        .with("user", react.user())
                        .changed();
        return isNew && keep(tx, spot, after);
    }

    private boolean unreact(Tx tx, Spot spot, Change.Unreact unreact) {
        boolean wasThere =
                tx.sql(
                                """
                                delete from chat.reaction
                                where room_id = :room and message_id = :message
                                  and emoji = :emoji and user_id = :user
                                """)
                        .with(spot)
                        .with("emoji", unreact.emoji().text())
                        .with("user", unreact.user())
                        .changed();
        if (!wasThere) {
            return false;
        }
        List<Id<User>> named =
                tx.sql(
                                """
                                select user_id from chat.reaction
                                where room_id = :room and message_id = :message and emoji = :emoji
                                order by seq limit :limit
                                """)
                        .with(spot)
                        .with("emoji", unreact.emoji().text())
                        .with("limit", Reactions.MOST_NAMED)
                        .ids();
        Reactions before = reactions(tx, spot).orElse(Reactions.NONE);
        return keep(tx, spot, before.without(unreact.emoji(), named));
    }

    /// Empty where there is no message to react to.
    private Optional<Reactions> reactions(Tx tx, Spot spot) {
        return tx.sql(
                        """
                        select coalesce(reactions, '[]') from chat.message
                        where room_id = :room and id = :message and deleted_at is null
                        """)
                .with(spot)
                .first(String.class)
                .map(this::reactions);
    }

    private Reactions reactions(String written) {
        byte[] bytes = written.getBytes(StandardCharsets.UTF_8);
        return new Reactions(List.of(json.readOwn(bytes, ReactionView[].class)));
    }

    private boolean keep(Tx tx, Spot spot, Reactions reactions) {
        @Nullable String written =
                reactions.all().isEmpty()
                        ? null
                        : new String(json.write(reactions.all()), StandardCharsets.UTF_8);
        return update(tx, spot, "reactions = :reactions").with("reactions", written).changed();
    }

    private static boolean pin(Tx tx, Spot spot, Change.Pin pin) {
        boolean isNew =
                update(tx, spot, "pinned_at = :at", "and pinned_at is null")
                        .with("at", pin.at())
                        .changed();
        if (isNew && pins(tx, spot.room()) > pin.most()) {
            throw Failure.conflict("CHAT_TOO_MANY_PINS", pin.most());
        }
        return isNew;
    }

    private static int pins(Tx tx, Id<Room> room) {
        return tx.sql(
                        """
                        select count(*)::int from chat.message
                        where room_id = :room and pinned_at is not null
                        """)
                .with("room", room)
                .one(Integer.class);
    }

    private static void requireNoTransaction() {
        if (Db.isInTransaction()) {
            throw new IllegalStateException("the message store keeps its own transactions");
        }
    }
}
