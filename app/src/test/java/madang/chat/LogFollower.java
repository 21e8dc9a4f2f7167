package madang.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// A client that keeps a room's log by the rule of positions, and says where it was broken: after
/// open, resume or reset its position is the answer's `last_seq`; after a push its `changed_seq`; a
/// push whose `after` lies beyond the position is a hole, and one that came before over the same
/// line is doubled.
final class LogFollower {
    private final Map<String, JsonNode> messages = new HashMap<>();
    private final List<String> holes = new ArrayList<>();
    private final List<Long> doubled = new ArrayList<>();
    private final SortedSet<Long> heard = new TreeSet<>();
    private long position;
    private int taken;

    void answered(JsonNode answer) {
        answer.path("changes").forEach(this::keep);
        answer.path("items").forEach(this::keep);
        position = answer.get("last_seq").asLong();
    }

    /// The answer to an opening on a new line, which may tell again what the old one told.
    void opened(JsonNode answer) {
        heard.clear();
        answered(answer);
    }

    void pushed(JsonNode message) {
        long after = message.get("after").asLong();
        if (after > position) {
            holes.add("after " + after + " at position " + position);
        }
        if (message.get("changed_seq").asLong() > position) {
            position = message.get("changed_seq").asLong();
        }
        if (!heard.add(message.get("changed_seq").asLong())) {
            doubled.add(message.get("changed_seq").asLong());
        }
        keep(message);
    }

    /// A message of a page of history.
    void read(JsonNode message) {
        keep(message);
    }

    /// Goes on with what was pushed to a socket since it was asked last.
    void follows(List<JsonNode> pushes, String room) {
        pushes.subList(taken, pushes.size()).stream()
                .filter(push -> push.get("method").stringValue().equals("chat.message"))
                .map(push -> push.get("params"))
                .filter(message -> message.get("room").stringValue().equals(room))
                .forEach(this::pushed);
        taken = pushes.size();
    }

    List<Long> doubled() {
        return doubled;
    }

    List<String> holes() {
        return holes;
    }

    long position() {
        return position;
    }

    /// The `changed_seq`s that came live over this line.
    SortedSet<Long> heard() {
        return heard;
    }

    Map<String, JsonNode> messages() {
        return messages;
    }

    private void keep(JsonNode message) {
        messages.merge(
                message.get("id").stringValue(),
                message,
                (old, now) ->
                        now.get("changed_seq").asLong() >= old.get("changed_seq").asLong()
                                ? now
                                : old);
    }
}
