package madang.chat;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.moderation.Moderation;
import madang.moderation.Report;
import madang.moderation.Reportable.Evidence;
import madang.moderation.Reportable.Subject;
import org.jspecify.annotations.Nullable;

/// What people may report of chat, as they see it: a message with its words, a room with its name.
/// Of an encrypted message the house sees no words; then the reporter has to say them himself.
final class ChatEyes {
    private final Rooms rooms;
    private final MessageStore messages;

    ChatEyes(Rooms rooms, MessageStore messages) {
        this.rooms = rooms;
        this.messages = messages;
    }

    void lendTo(Moderation moderation) {
        moderation.lend(Report.SubjectType.MESSAGE, this::message);
        moderation.lend(Report.SubjectType.ROOM, this::room);
    }

    private Optional<Evidence> message(Caller caller, Subject subject) {
        if (subject.room() == null) {
            return Optional.empty();
        }
        Id<Room> room = new Id<>(subject.room().value());
        return ifVisible(() -> rooms.find(caller, room))
                .flatMap(_ -> messages.find(room, new Id<>(subject.id().value())))
                .filter(message -> message.deletedAt() == null)
                .map(message ->
                        new Evidence(
                                message.author(), lines(message.text(), message.extras().file())));
    }

    private Optional<Evidence> room(Caller caller, Subject subject) {
        return ifVisible(() -> rooms.find(caller, new Id<>(subject.id().value())))
                .map(room ->
                        new Evidence(room.createdBy(), lines(room.name(), room.description())));
    }

    private static Optional<Room> ifVisible(Supplier<Room> look) {
        try {
            return Optional.of(look.get());
        } catch (Failure refused) {
            if (refused.kind() == Failure.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static String lines(@Nullable String... lines) {
        return Stream.of(lines).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
    }
}
