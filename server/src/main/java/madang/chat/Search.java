package madang.chat;

import java.util.List;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Finds what was said, in rooms that the caller may see: messages that contain all of these words
/// or parts of words, the newest first. A page may hold fewer than it could, even none, where much
/// had to be gone through; as long as it names a next one, there may be more.
public final class Search {
    /// What a page may cost, as `SearchWalk` counts it: about a tenth of a second.
    private static final int MOST_EFFORT = 2_048;

    private final Db db;
    private final Rooms rooms;
    private final RoomStore roomStore;
    private final SearchWalk.Sources sources;

    Search(Db db, Rooms rooms, RoomStore roomStore, SearchWalk.Sources sources) {
        this.db = db;
        this.rooms = rooms;
        this.roomStore = roomStore;
        this.sources = sources;
    }

    /// In a room.
    public Page<Message> in(
            Caller caller, Id<Room> room, String words, @Nullable Cursor cursor, int limit) {
        SearchQuery query = SearchQuery.of(words);
        rooms.find(caller, room);
        return page(List.of(room), query, cursor, limit);
    }

    /// In all of my rooms.
    public Page<Message> everywhere(
            Caller caller, String words, @Nullable Cursor cursor, int limit) {
        SearchQuery query = SearchQuery.of(words);
        List<Id<Room>> mine =
                List.copyOf(db.read(tx -> roomStore.mine(tx, caller.user())).keySet());
        return page(mine, query, cursor, limit);
    }

    private Page<Message> page(
            List<Id<Room>> rooms, SearchQuery query, @Nullable Cursor cursor, int limit) {
        SearchWalk.Found found =
                SearchWalk.page(sources, rooms, query, Moment.of(cursor), limit, MOST_EFFORT);
        @Nullable Moment next = found.next();
        return new Page<>(found.messages(), next == null ? null : next.cursor());
    }
}
