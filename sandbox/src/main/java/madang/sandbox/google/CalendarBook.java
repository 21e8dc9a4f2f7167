package madang.sandbox.google;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import madang.sandbox.stand.Randoms;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The primary calendar of one person. Every change has a number; an event is the last change to
/// it, a deleted one stays as a tombstone, and its id stays taken.
final class CalendarBook {
    private static final int MOST = 20_000;

    /// What Google says of an event itself; whatever a client sends for it is passed over.
    private static final Set<String> GOOGLES_OWN =
            Set.of(
                    "kind",
                    "etag",
                    "htmlLink",
                    "created",
                    "updated",
                    "creator",
                    "organizer",
                    "iCalUID",
                    "sequence",
                    "recurringEventId",
                    "eventType");

    /// An event as one change left it.
    record Entry(long change, ObjectNode fields) {
        String id() {
            return fields.path("id").stringValue();
        }

        String etag() {
            return fields.path("etag").stringValue();
        }

        boolean isCancelled() {
            return fields.path("status").asString().equals("cancelled");
        }

        Instant start() {
            return CalendarTimes.at(fields.path("start"), "start");
        }

        Instant end() {
            return CalendarTimes.at(fields.path("end"), "end");
        }

        /// What is told of it to whom a change is told: of one that is gone, only that.
        ObjectNode told() {
            if (!isCancelled()) {
                return fields;
            }
            ObjectNode tombstone = JsonNodeFactory.instance.objectNode();
            for (String name : List.of("kind", "etag", "id", "status")) {
                tombstone.set(name, fields.path(name));
            }
            return tombstone;
        }
    }

    private final GoogleUser owner;
    private final InstantSource clock;
    private final LongSupplier changes;
    private final Runnable changed;
    private final Map<String, Entry> entries = new HashMap<>();
    private long lastChange = 1;
    private int generation;

    /// @param changes numbers of changes, each greater than the last
    /// @param changed told after every change
    CalendarBook(GoogleUser owner, InstantSource clock, LongSupplier changes, Runnable changed) {
        this.owner = owner;
        this.clock = clock;
        this.changes = changes;
        this.changed = changed;
    }

    GoogleUser owner() {
        return owner;
    }

    synchronized long lastChange() {
        return lastChange;
    }

    /// Sync tokens of an earlier one are known no more.
    synchronized int generation() {
        return generation;
    }

    synchronized void forgetSyncTokens() {
        generation++;
    }

    /// Everything that was changed after `since` and up to `until`, in the order of it.
    synchronized List<Entry> between(long since, long until) {
        return entries.values().stream()
                .filter(entry -> entry.change() > since && entry.change() <= until)
                .sorted(Comparator.comparingLong(Entry::change))
                .toList();
    }

    synchronized Entry get(String id) {
        @Nullable Entry entry = entries.get(id);
        if (entry == null) {
            throw CalendarErrors.notFound();
        }
        return entry;
    }

    Entry insert(JsonNode sent) {
        String id = sent.path("id").isString() ? sent.path("id").stringValue() : freshId();
        if (!id.matches("[a-v0-9]{5,1024}")) {
            throw CalendarErrors.invalid("Invalid resource id value.");
        }
        return kept(() -> {
            if (entries.containsKey(id)) {
                throw CalendarErrors.of(
                        409, "duplicate", "The requested identifier already exists.");
            }
            if (entries.size() >= MOST) {
                throw CalendarErrors.of(
                        403, "usageLimits", "quotaExceeded", "Calendar usage limits exceeded.");
            }
            return put(id, whole(sent), null);
        });
    }

    /// All of it anew (PUT). One that was deleted is there again by this.
    Entry update(String id, @Nullable String ifMatch, JsonNode sent) {
        return kept(() -> put(id, whole(sent), matching(id, ifMatch)));
    }

    /// What is said, and of the rest what was (PATCH); `null` takes away.
    Entry patch(String id, @Nullable String ifMatch, JsonNode sent) {
        return kept(() -> {
            Entry before = matching(id, ifMatch);
            ObjectNode fields = before.fields().deepCopy();
            merge(fields, taken(sent));
            return put(id, fields, before);
        });
    }

    Entry delete(String id, @Nullable String ifMatch) {
        return kept(() -> {
            Entry before = matching(id, ifMatch);
            if (before.isCancelled()) {
                throw CalendarErrors.deleted();
            }
            ObjectNode fields = before.fields().deepCopy();
            fields.put("status", "cancelled");
            return put(id, fields, before);
        });
    }

    private interface Change {
        Entry make();
    }

    private Entry kept(Change change) {
        Entry entry;
        synchronized (this) {
            entry = change.make();
        }
        changed.run();
        return entry;
    }

    private Entry matching(String id, @Nullable String ifMatch) {
        Entry before = get(id);
        if (ifMatch != null && !ifMatch.equals("*") && !ifMatch.equals(before.etag())) {
            throw CalendarErrors.changedMeanwhile();
        }
        return before;
    }

    private Entry put(String id, ObjectNode fields, @Nullable Entry before) {
        checkTimes(fields);
        CalendarTimes.tell(fields.path("start"));
        CalendarTimes.tell(fields.path("end"));
        long change = changes.getAsLong();
        String now = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
        fields.put("kind", "calendar#event");
        fields.put("etag", "\"" + change + "000\"");
        fields.put("id", id);
        if (!Set.of("tentative", "cancelled").contains(fields.path("status").asString())) {
            fields.put("status", "confirmed");
        }
        fields.put("htmlLink", "https://www.google.com/calendar/event?eid=" + id);
        fields.put("created", before == null ? now : before.fields().path("created").asString());
        fields.put("updated", now);
        fields.set("creator", me());
        fields.set("organizer", me());
        fields.put("iCalUID", id + "@google.com");
        fields.put("sequence", sequence(fields, before));
        fields.put("eventType", "default");
        if (!fields.has("reminders")) {
            fields.set("reminders", JsonNodeFactory.instance.objectNode().put("useDefault", true));
        }
        Entry entry = new Entry(change, fields);
        entries.put(id, entry);
        lastChange = change;
        return entry;
    }

    /// Google counts the times that an event was moved.
    private static int sequence(ObjectNode fields, @Nullable Entry before) {
        if (before == null) {
            return 0;
        }
        boolean isMoved =
                Stream.of("start", "end")
                        .anyMatch(name -> !fields.path(name).equals(before.fields().path(name)));
        return before.fields().path("sequence").asInt() + (isMoved ? 1 : 0);
    }

    private static void checkTimes(ObjectNode fields) {
        JsonNode start = fields.path("start");
        JsonNode end = fields.path("end");
        if (CalendarTimes.at(end, "end").isBefore(CalendarTimes.at(start, "start"))) {
            throw CalendarErrors.of(
                    400, "calendar", "timeRangeEmpty", "The specified time range is empty.");
        }
        if (start.has("date") != end.has("date")) {
            throw CalendarErrors.invalid(
                    "Start and end times must either both be date or dateTime.");
        }
        boolean isRepeated = fields.path("recurrence").size() > 0;
        if (isRepeated && start.has("dateTime") && !start.has("timeZone")) {
            throw CalendarErrors.of(
                    400, "required", "Missing time zone definition for start time.");
        }
    }

    private static ObjectNode taken(JsonNode sent) {
        if (!sent.isObject()) {
            throw CalendarErrors.of(400, "parseError", "Parse Error");
        }
        ObjectNode fields = ((ObjectNode) sent).deepCopy();
        GOOGLES_OWN.forEach(fields::remove);
        return fields;
    }

    private static ObjectNode whole(JsonNode sent) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        merge(fields, taken(sent));
        return fields;
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        for (Map.Entry<String, JsonNode> field : more.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                into.remove(field.getKey());
            } else if (value.isObject()) {
                ObjectNode inside =
                        into.path(field.getKey()).isObject()
                                ? (ObjectNode) into.path(field.getKey())
                                : into.putObject(field.getKey());
                merge(inside, (ObjectNode) value);
            } else {
                into.set(field.getKey(), value);
            }
        }
    }

    private ObjectNode me() {
        return JsonNodeFactory.instance.objectNode().put("email", owner.email()).put("self", true);
    }

    private static String freshId() {
        return Randoms.word().toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-v0-9]", "0");
    }
}
