package madang.chat;

import java.util.Comparator;
import java.util.List;
import madang.kit.Caller;
import madang.kit.Cursor;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.db.Db;
import org.jspecify.annotations.Nullable;

/// Finds what was said, in rooms that the caller may see.
public final class Search {
    /// After so many blocks of 16,384 places a page ends, however little was found.
    private static final int MOST_PROBES = 2_048;

    private final Db db;
    private final Rooms rooms;
    private final RoomStore roomStore;
    private final SearchIndex index;

    Search(Db db, Rooms rooms, RoomStore roomStore, SearchIndex index) {
        this.db = db;
        this.rooms = rooms;
        this.roomStore = roomStore;
        this.index = index;
    }

    /// The messages of a room that contain all of these words or parts of words, the newest first.
    public Page<Message> in(
            Caller caller, Id<Room> room, String words, @Nullable Long before, int limit) {
        SearchQuery query = SearchQuery.of(words);
        rooms.find(caller, room);
        SearchIndex.Found found =
                index.search(
                        room, query, before == null ? Long.MAX_VALUE : before, limit, MOST_PROBES);
        return new Page<>(
                found.messages(), found.next() == null ? null : Cursor.encode(found.next()));
    }

    /// The newest ones in all of my rooms, of what was said lately: the newest 16,384 places of
    /// each at most. Whoever wants more searches in a room.
    public List<Message> everywhere(Caller caller, String words, int limit) {
        SearchQuery query = SearchQuery.of(words);
        List<Id<Room>> mine =
                List.copyOf(db.read(tx -> roomStore.mine(tx, caller.user())).keySet());
        return index.searchNewest(mine, query, limit).stream()
                .sorted(Comparator.comparing(Message::createdAt).reversed())
                .limit(limit)
                .toList();
    }
}
