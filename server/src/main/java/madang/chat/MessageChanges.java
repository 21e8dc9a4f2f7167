package madang.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import madang.chat.ChatViews.ReactionView;
import madang.chat.MessageStore.Change;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Sql;
import madang.kit.db.Tx;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Changes messages in their logs, in SQL, and what hangs on them.
final class MessageChanges {
    private final Json json;

    MessageChanges(Json json) {
        this.json = json;
    }

    /// Where a change is to be made, and the number that it gets in the log.
    record Spot(Id<Room> room, Id<Message> message, long seq) {}

    /// False where there is nothing left to change.
    boolean apply(Tx tx, Spot spot, Change change) {
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
}
