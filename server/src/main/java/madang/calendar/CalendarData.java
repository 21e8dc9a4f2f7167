package madang.calendar;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Somebody's connection and feed, to take away and to be gone. What stands in his own calendar is
/// his.
final class CalendarData implements PersonalData {
    private final Db db;
    private final ConnectionStore connections;
    private final EntryStore entries;
    private final FeedStore feeds;

    CalendarData(Db db, ConnectionStore connections, EntryStore entries, FeedStore feeds) {
        this.db = db;
        this.connections = connections;
        this.entries = entries;
        this.feeds = feeds;
    }

    /// Without what the vendor calls things.
    record Connected(Connection.State state, Instant connectedAt, @Nullable Instant syncedAt) {
        static Connected of(Connection connection) {
            return new Connected(
                    connection.state(), connection.connectedAt(), connection.syncedAt());
        }
    }

    record Feed(Instant createdAt) {}

    @Override
    public String section() {
        return "calendar";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        Optional<Connection> connection = db.read(tx -> connections.of(tx, user));
        archive.put("google", connection.map(Connected::of).stream().toList());
        archive.put("written", db.read(tx -> entries.written(tx, user, null, Integer.MAX_VALUE)));
        List<Feed> feed = db.read(tx -> feeds.madeAt(tx, user)).map(Feed::new).stream().toList();
        archive.put("feed", feed);
    }

    @Override
    public void erase(Id<User> user) {
        db.run(tx -> {
            connections.remove(tx, user);
            feeds.remove(tx, user);
        });
    }
}
