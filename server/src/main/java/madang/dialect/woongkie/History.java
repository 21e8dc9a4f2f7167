package madang.dialect.woongkie;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import madang.chat.Chat;
import madang.chat.Message;
import madang.chat.Room;
import madang.kit.Caller;
import madang.kit.Id;
import madang.kit.Page;

/// A room's log as this dialect shows it: without what was deleted and without the house's notices,
/// the oldest first.
final class History {
    /// Rows of the log that are looked at for one answer, however few of them are shown.
    private static final int MOST_LOOKED_AT = 2_000;

    private static final int LOOK = 100;

    private final Chat chat;

    History(Chat chat) {
        this.chat = chat;
    }

    /// Messages in the order in which they were said, and whether there are more.
    record Cut(List<Message> messages, boolean hasMore) {}

    /// The newest before a place.
    Cut before(Caller caller, Id<Room> room, long before, int limit) {
        Cut newestFirst = shown(before, limit, place -> chat.before(caller, room, place, LOOK));
        return new Cut(newestFirst.messages().reversed(), newestFirst.hasMore());
    }

    /// The first after a place.
    Cut after(Caller caller, Id<Room> room, long after, int limit) {
        return shown(after, limit, place -> chat.after(caller, room, place, LOOK));
    }

    private static Cut shown(long start, int limit, LongFunction<Page<Message>> behind) {
        List<Message> shown = new ArrayList<>(limit + 1);
        long place = start;
        int looked = 0;
        boolean isOver = false;
        while (!isOver && shown.size() <= limit && looked < MOST_LOOKED_AT) {
            Page<Message> page = behind.apply(place);
            page.items().stream().filter(History::isShown).forEach(shown::add);
            looked += page.items().size();
            isOver = page.nextCursor() == null;
            place = isOver ? place : page.items().getLast().seq();
        }
        return new Cut(
                List.copyOf(shown.subList(0, Math.min(limit, shown.size()))),
                shown.size() > limit || !isOver);
    }

    static boolean isShown(Message message) {
        return message.deletedAt() == null && message.kind() != Message.Kind.NOTICE;
    }
}
