package madang.dialect.woongkie;

import madang.chat.Message;
import madang.chat.Room;
import madang.chat.Voice;
import madang.dialect.woongkie.Views.MessageJson;
import madang.kit.Id;
import madang.kit.User;
import madang.live.Frame;
import madang.live.LiveHub;
import madang.live.LiveSocket;

/// Tells this dialect's sockets what happens in their rooms. A message is put into bytes twice,
/// however many hear it: once for its author's own sockets, once for all others.
final class RoomVoice implements Voice {
    private static final int GOING_AWAY = 1001;
    private static final int POLICY = 1008;

    private final LiveHub hub;
    private final Translator translator;
    private final Frames frames;
    private final Figures figures;

    RoomVoice(LiveHub hub, Translator translator, Frames frames, Figures figures) {
        this.hub = hub;
        this.translator = translator;
        this.frames = frames;
        this.figures = figures;
    }

    @Override
    public String name() {
        return WoongkieFace.NAME;
    }

    @Override
    public void message(Message message, boolean isNew) {
        if (message.kind() == Message.Kind.NOTICE) {
            return;
        }
        MessageJson shown = translator.message(message);
        if (message.deletedAt() != null) {
            tell(message, frames.deleted(shown));
        } else if (isNew) {
            tellSaid(message, frames.said(shown, false), frames.said(shown, true));
        } else if (message.editedAt() != null) {
            tell(message, frames.edited(shown));
        }
    }

    private void tellSaid(Message message, Frame others, Frame own) {
        hub.tell(
                topic(message.room()),
                socket -> {
                    boolean isOwn = socket.caller().user().equals(message.author());
                    return guest(socket).said(isOwn ? own : others, message.seq());
                });
    }

    @Override
    public void typing(Id<Room> room, Id<User> user, boolean isTyping) {
        String name = translator.name(user);
        tellOthers(room, user, frames.typing(name, room.toString(), isTyping));
    }

    /// He himself was told when his socket opened.
    @Override
    public void present(Id<Room> room, Id<User> user, boolean isPresent) {
        String name = translator.name(user);
        tellOthers(room, user, frames.present(name, room.toString(), isPresent));
        tellOthers(room, user, frames.notice(name, room.toString(), isPresent));
    }

    /// Clients read the list of those present again when they hear of any presence.
    @Override
    public void crowd(Id<Room> room, int count) {
        Frame frame = frames.present(Translator.SYSTEM, room.toString(), true);
        hub.tell(topic(room), socket -> guest(socket).live(frame));
    }

    /// Whoever comes again is told the history.
    @Override
    public void lost(Id<Room> room) {
        figures.lost();
        hub.hearing(topic(room)).forEach(socket -> socket.close(GOING_AWAY, "come again"));
    }

    @Override
    public void over(LiveSocket socket, Id<Room> room, String reason) {
        if (reason.equals("deleted")) {
            socket.close(GOING_AWAY, "room deleted");
        } else {
            socket.close(POLICY, "not a member");
        }
    }

    static Guest guest(LiveSocket socket) {
        return socket.keep(
                Guest.class,
                () -> {
                    throw new IllegalStateException("it hears a room and is no guest");
                });
    }

    private void tell(Message message, Frame frame) {
        hub.tell(topic(message.room()), socket -> guest(socket).live(frame));
    }

    private void tellOthers(Id<Room> room, Id<User> user, Frame frame) {
        hub.tell(
                topic(room),
                socket -> socket.caller().user().equals(user) ? null : guest(socket).live(frame));
    }
}
