package madang.chat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Json;
import madang.live.Frame;
import madang.live.LiveHub;
import madang.port.Bus;

/// Tells single people something on their own sockets, whatever rooms those hear and whichever node
/// they are at.
final class UserFeed {
    private static final String TOPIC = "chat:users";

    private final Bus bus;
    private final LiveHub hub;
    private final Json json;

    /// What travels between nodes; `params` are JSON.
    private record Told(List<Id<User>> users, Hint.Kind kind, String params) {}

    UserFeed(Bus bus, LiveHub hub, Json json) {
        this.bus = bus;
        this.hub = hub;
        this.json = json;
    }

    /// From now on the sockets of this node are told what is told anywhere.
    void start() {
        bus.subscribe(TOPIC, payload -> pass(json.readOwn(payload, Told.class)));
    }

    void tell(List<Id<User>> users, Hint.Kind kind, Record params) {
        String written = new String(json.write(params), StandardCharsets.UTF_8);
        bus.publish(TOPIC, json.write(new Told(users, kind, written)));
    }

    private void pass(Told told) {
        byte[] params = told.params().getBytes(StandardCharsets.UTF_8);
        Frame frame = Frame.push(told.kind().method(), params);
        told.users().forEach(user -> hub.tellUser(user, frame));
    }
}
