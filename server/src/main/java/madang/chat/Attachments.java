package madang.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import madang.chat.ChatViews.FileView;
import madang.files.FileType;
import madang.files.Files;
import madang.files.StoredFile;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.http.Uploads.Uploaded;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;

/// Files that messages show. One belongs to its message: who may read the room may have it, and
/// when the message or the room goes, it goes.
final class Attachments {
    private static final String KEEPER = "chat";

    private final Rooms rooms;
    private final MessageStore messages;
    private final Files files;
    private final Json json;

    Attachments(Rooms rooms, MessageStore messages, Files files, Json json) {
        this.rooms = rooms;
        this.messages = messages;
        this.files = files;
        this.json = json;
        files.keeper(KEEPER, (room, message, file) -> isShown(as(room), as(message), as(file)));
    }

    /// Takes in what a message is to show.
    StoredFile take(
            Caller caller,
            Id<Room> room,
            Id<Message> message,
            Uploaded<?> upload,
            Set<FileType> allowed) {
        return files.take(caller, new StoredFile.Holding(KEEPER, room, message), upload, allowed);
    }

    MessageStore.Draft draft(
            StoredFile file, Id<Room> room, Id<Message> message, SendFile command, String key) {
        return new MessageStore.Draft(
                room,
                message,
                file.type().isPicture() ? Message.Kind.IMAGE : Message.Kind.FILE,
                file.owner(),
                command.text(),
                null,
                key,
                command.replyTo(),
                command.thread(),
                List.of(),
                new String(json.write(FileView.of(file)), StandardCharsets.UTF_8),
                null);
    }

    /// Says what shows a file. A repeated or refused message keeps no second one; where nobody can
    /// tell what became of it, the file waits until the log is asked.
    Chat.Sent shown(StoredFile file, Supplier<Chat.Sent> saying) {
        try {
            Chat.Sent sent = saying.get();
            if (sent.isFresh()) {
                files.keep(file);
            } else {
                files.giveBack(file);
            }
            return sent;
        } catch (Failure refused) {
            if (refused.status() < 500) {
                files.giveBack(file);
            }
            throw refused;
        }
    }

    /// A file that a message of a visible room shows; any other is not there.
    StoredFile find(Caller caller, Id<StoredFile> id) {
        StoredFile file =
                files.find(id)
                        .filter(found -> found.keeper().equals(KEEPER))
                        .orElseThrow(Files::notFound);
        try {
            rooms.find(caller, as(file.place()));
        } catch (Failure refused) {
            throw refused.kind() == Failure.Kind.NOT_FOUND ? Files.notFound() : refused;
        }
        return file;
    }

    /// Runs a change after which this message may show its file no longer.
    <T> T lettingGo(Message message, Supplier<T> change) {
        @Nullable String shown = message.extras().file();
        return shown == null ? change.get() : files.lettingGo(id(shown), change);
    }

    /// A room that is gone keeps nothing.
    void roomGone(Id<Room> room) {
        files.placeGone(KEEPER, room);
    }

    private boolean isShown(Id<Room> room, Id<Message> message, Id<StoredFile> file) {
        return rooms.exists(room)
                && messages.find(room, message)
                        .map(found -> found.extras().file())
                        .filter(shown -> id(shown).equals(file))
                        .isPresent();
    }

    private Id<StoredFile> id(String shown) {
        return json.readOwn(shown.getBytes(StandardCharsets.UTF_8), FileView.class).id();
    }

    private static <T> Id<T> as(Id<?> id) {
        return new Id<>(id.value());
    }
}
