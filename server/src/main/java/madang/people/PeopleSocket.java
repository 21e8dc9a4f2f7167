package madang.people;

import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import madang.kit.Id;
import madang.kit.User;
import madang.live.LiveSocket;
import madang.live.SocketMethods;

/// Who is there, over a socket.
final class PeopleSocket {
    private static final int MOST_AT_ONCE = 100;

    record Whom(@Size(max = MOST_AT_ONCE) List<Id<User>> users) {}

    record Online(List<Id<User>> online) {}

    private final Watches watches;

    PeopleSocket(Watches watches) {
        this.watches = watches;
    }

    void methods(SocketMethods methods) {
        methods.on("presence.watch", Whom.class, Online.class, this::watch)
                .summary("Hear when these people come and go, and get who of them is there");
        methods.on("presence.unwatch", Whom.class, this::unwatch)
                .summary("Hear no more of these people");
        methods.pushes(
                Friends.CHANGED,
                PeopleViews.RelationChanged.class,
                "Somebody asked me, agreed, or is my friend no more");
        methods.pushes(Watches.CHANGED, Watches.Changed.class, "Somebody watched came or went");
    }

    private Online watch(LiveSocket socket, Whom params) {
        Set<Id<User>> online = watches.watch(socket, Set.copyOf(params.users()));
        return new Online(online.stream().sorted().toList());
    }

    private void unwatch(LiveSocket socket, Whom params) {
        watches.unwatch(socket, params.users());
    }
}
