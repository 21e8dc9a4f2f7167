package madang.chat;

import static java.time.temporal.ChronoUnit.MICROS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import madang.chat.LogEnds.Place;
import madang.chat.MessageStore.Draft;
import madang.chat.MessageStore.Outcome;
import madang.kit.CrashPoint;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Sql;
import madang.kit.db.Tx;
import org.jspecify.annotations.Nullable;

/// Puts a batch of drafts into their logs, in SQL: each gets its place, one insert stores them all.
final class Births {
    private Births() {}

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

    static final class KeyRepeated extends RuntimeException {
        KeyRepeated() {
            super(null, null, false, false);
        }
    }

    static List<Outcome> append(Tx tx, List<Draft> drafts, Instant now) {
        Map<Id<Room>, Place> ends =
                LogEnds.lock(tx, drafts.stream().map(Draft::room).distinct().toList());
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
        LogEnds.move(tx, ends);
        joinThreads(tx, born);
        mention(tx, drafts, born);
        CrashPoint.BEFORE_COMMIT.pass();
        return outcomes;
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
}
