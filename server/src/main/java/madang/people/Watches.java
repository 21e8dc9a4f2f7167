package madang.people;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.json.Json;
import madang.live.Frame;
import madang.live.LiveHub;
import madang.live.LiveSocket;
import org.jspecify.annotations.Nullable;

/// Which sockets of this node watch whom, and what they were told. A hint only says that somebody
/// may have come or gone; what is true is asked of presence, for all of them at once. Whoever was
/// told something has it corrected when the truth turns out to be another.
final class Watches {
    /// So many people a socket watches at a time.
    static final int MOST = 500;

    static final String CHANGED = "presence.changed";
    private static final String TOPIC = "person:";

    private final People people;
    private final LiveHub hub;
    private final Json json;
    private final Map<Id<User>, Boolean> told = new ConcurrentHashMap<>();
    private final Set<Id<User>> doubtful = ConcurrentHashMap.newKeySet();
    private final Set<Id<User>> parted = ConcurrentHashMap.newKeySet();

    /// What is pushed when somebody comes or goes.
    record Changed(Id<User> user, boolean online) {}

    Watches(People people, LiveHub hub, Json json) {
        this.people = people;
        this.hub = hub;
        this.json = json;
    }

    /// Lets a socket hear of those of these people whom its user may see, and says who of them is
    /// there. The others look as if they never came.
    Set<Id<User>> watch(LiveSocket socket, Set<Id<User>> wanted) {
        Id<User> watcher = socket.caller().user();
        Set<Id<User>> shown = people.shownTo(watcher, wanted);
        requireWithinBound(socket, shown);
        shown.forEach(user -> hub.hear(socket, topic(user)));
        // Who blocks him in this very moment is not shown after all.
        Set<Id<User>> hidden = people.hiddenFrom(watcher, shown);
        unwatch(socket, hidden);
        shown.removeAll(hidden);
        Set<Id<User>> online = settle(shown);
        // What was asked here may be older than what was told meanwhile: it is asked once more.
        doubtful.addAll(shown);
        return online;
    }

    void unwatch(LiveSocket socket, Collection<Id<User>> users) {
        users.forEach(user -> hub.unhear(socket, topic(user)));
    }

    /// Somebody may have come or gone. Runs on the bus's thread: it only notes it.
    void heard(Id<User> user) {
        if (isWatched(user)) {
            doubtful.add(user);
        }
    }

    /// Somebody has blocked or unblocked somebody. It is only noted, too.
    void parted(Id<User> blocker) {
        if (isWatched(blocker)) {
            parted.add(blocker);
        }
    }

    /// Looks after those of whom something was heard.
    void look() {
        Set.copyOf(parted)
                .forEach(blocker -> {
                    part(blocker);
                    parted.remove(blocker);
                });
        Set<Id<User>> asked = Set.copyOf(doubtful);
        doubtful.removeAll(asked);
        settle(asked);
    }

    /// Looks after everybody who is watched, for what the bus lost and for nodes that died, and
    /// forgets who is watched no more.
    void lookAtAll() {
        told.keySet().removeIf(user -> !isWatched(user));
        settle(Set.copyOf(told.keySet()));
    }

    /// Asks who of them is there, corrects what was told otherwise, and answers with them.
    private Set<Id<User>> settle(Set<Id<User>> users) {
        Set<Id<User>> online = people.online(users);
        Set<Id<User>> answer = new HashSet<>();
        for (Id<User> user : users) {
            boolean isOnline = online.contains(user);
            told.compute(user, (_, before) -> tell(user, before, isOnline));
            if (isOnline) {
                answer.add(user);
            }
        }
        return answer;
    }

    private boolean tell(Id<User> user, @Nullable Boolean before, boolean now) {
        if (before != null && before != now) {
            hub.tell(topic(user), frame(user, now));
        }
        return now;
    }

    /// Whom he has blocked, sees him go, once and for all.
    private void part(Id<User> blocker) {
        List<LiveSocket> blocked =
                hub.hearing(topic(blocker)).stream()
                        .filter(socket ->
                                !people.hiddenFrom(socket.caller().user(), Set.of(blocker))
                                        .isEmpty())
                        .toList();
        for (LiveSocket socket : blocked) {
            hub.unhear(socket, topic(blocker));
            socket.send(frame(blocker, false));
        }
    }

    private Frame frame(Id<User> user, boolean isOnline) {
        return Frame.push(CHANGED, json.write(new Changed(user, isOnline)));
    }

    private boolean isWatched(Id<User> user) {
        return hub.audience(topic(user)) > 0;
    }

    private static void requireWithinBound(LiveSocket socket, Set<Id<User>> more) {
        Set<String> all =
                socket.topics().stream()
                        .filter(topic -> topic.startsWith(TOPIC))
                        .collect(Collectors.toCollection(HashSet::new));
        more.forEach(user -> all.add(topic(user)));
        if (all.size() > MOST) {
            throw Failure.conflict("PRESENCE_LIMIT", MOST);
        }
    }

    private static String topic(Id<User> user) {
        return TOPIC + user;
    }
}
