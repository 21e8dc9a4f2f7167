package madang.chat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// What somebody said and where he is, as the rights of people ask for it. His messages are emptied
/// as if he had deleted each of them, so that logs stay whole and everybody who reads along sees
/// them go; what is left is that somebody said something there.
final class ChatData implements PersonalData {
    private static final int AT_ONCE = 500;

    private final Db db;
    private final MessageStore messages;
    private final RoomWriter writer;
    private final Attachments attachments;
    private final Members members;
    private final TraceStore traces;
    private final InstantSource clock;

    ChatData(
            Db db,
            MessageStore messages,
            RoomWriter writer,
            Attachments attachments,
            Members members,
            TraceStore traces,
            InstantSource clock) {
        this.db = db;
        this.messages = messages;
        this.writer = writer;
        this.attachments = attachments;
        this.members = members;
        this.traces = traces;
        this.clock = clock;
    }

    @Override
    public String section() {
        return "chat";
    }

    /// A message as its author takes it away; its files lie beside it, under `files/`.
    record OwnMessage(
            Id<Room> room,
            Id<Message> id,
            long seq,
            @Nullable String text,
            @Nullable Id<Message> replyTo,
            Instant createdAt,
            @Nullable Instant editedAt) {
        static OwnMessage of(Message message) {
            return new OwnMessage(
                    message.room(),
                    message.id(),
                    message.seq(),
                    message.text(),
                    message.replyTo() == null ? null : message.replyTo().id(),
                    message.createdAt(),
                    message.editedAt());
        }
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.put("rooms", db.read(tx -> traces.memberships(tx, user)));
        archive.<OwnMessage>putAll(
                "messages",
                last ->
                        messages.by(user, last == null ? null : last.id(), AT_ONCE).stream()
                                .map(OwnMessage::of)
                                .toList());
        archive.put("reactions", messages.reactedBy(user, Integer.MAX_VALUE));
    }

    @Override
    public void erase(Id<User> user) {
        emptyMessages(user);
        takeReactionsBack(user);
        members.leaveAll(user);
        messages.forgetNameOf(user);
        db.run(tx -> traces.forget(tx, user));
    }

    private void emptyMessages(Id<User> user) {
        for (List<Message> some = messages.by(user, null, AT_ONCE);
                !some.isEmpty();
                some = messages.by(user, null, AT_ONCE)) {
            for (Message message : some) {
                MessageStore.Change deletion = new MessageStore.Change.Delete(clock.instant());
                attachments.lettingGo(
                        message, () -> writer.change(message.room(), message.id(), deletion));
            }
        }
    }

    private void takeReactionsBack(Id<User> user) {
        for (List<MessageStore.ReactedTo> some = messages.reactedBy(user, AT_ONCE);
                !some.isEmpty();
                some = messages.reactedBy(user, AT_ONCE)) {
            for (MessageStore.ReactedTo one : some) {
                writer.change(
                        one.room(),
                        one.message(),
                        new MessageStore.Change.Unreact(Emoji.of(one.emoji()), user));
            }
        }
    }
}
