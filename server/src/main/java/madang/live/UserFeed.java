package madang.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Json;
import madang.port.Bus;

/// Tells single people something on their own sockets, whatever those hear and whichever node they
/// are at. One for each feature, under a topic of its own.
public final class UserFeed {
    private final String topic;
    private final Bus bus;
    private final LiveHub hub;
    private final Json json;

    /// What travels between nodes; `params` are JSON.
    private record Told(List<Id<User>> users, String method, String params) {}

    public UserFeed(String topic, Bus bus, LiveHub hub, Json json) {
        this.topic = topic;
        this.bus = bus;
        this.hub = hub;
        this.json = json;
    }

    /// From now on the sockets of this node are told what is told anywhere.
    public void start() {
        bus.subscribe(topic, payload -> pass(json.readOwn(payload, Told.class)));
    }

    public void tell(Collection<Id<User>> users, String method, Record params) {
        String written = new String(json.write(params), UTF_8);
        bus.publish(topic, json.write(new Told(List.copyOf(users), method, written)));
    }

    private void pass(Told told) {
        Frame frame = Frame.push(told.method(), told.params().getBytes(UTF_8));
        told.users().forEach(user -> hub.tellUser(user, frame));
    }
}
