package madang.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;
import madang.moderation.Moderation.Pair;
import org.jspecify.annotations.Nullable;

/// The one place that decides who may speak: membership, mutes, blocks and slow mode, for a whole
/// batch with one question to the database. Slow mode and blocks cost one more question each, for
/// batches in which somebody speaks slowly or to one alone.
final class Admissions {
    private final Db db;
    private final MemberStore members;
    private final Blocks blocks;

    Admissions(Db db, MemberStore members, Blocks blocks) {
        this.db = db;
        this.members = members;
        this.blocks = blocks;
    }

    /// For each of these, in order: why he may not speak, or null where he may. Who may has had his
    /// turn in slow mode. Null stands for whoever needs no leave.
    List<@Nullable Failure> refusals(List<@Nullable Speaker> speakers, Instant now) {
        Standing standing = standing(speakers);
        Set<Speaker> turns = turns(standing, now);
        List<@Nullable Failure> refusals = new ArrayList<>(speakers.size());
        for (@Nullable Speaker speaker : speakers) {
            refusals.add(speaker == null ? null : refusal(speaker, standing, turns, now));
        }
        return refusals;
    }

    /// Refuses who may not speak now, where what he does is heard but is no message: an edit, a
    /// reaction, that he is writing. It takes no turn in slow mode, and needs none.
    void require(Speaker speaker, Instant now) {
        @Nullable Failure refusal = standing(List.of(speaker)).refusal(speaker, now);
        if (refusal != null) {
            throw refusal;
        }
    }

    private static @Nullable Failure refusal(
            Speaker speaker, Standing standing, Set<Speaker> turns, Instant now) {
        @Nullable Failure refusal = standing.refusal(speaker, now);
        if (refusal != null) {
            return refusal;
        }
        @Nullable Admission admission = standing.known().get(speaker);
        return admission != null && admission.isSlow() && !turns.remove(speaker)
                ? admission.tooSoon(now)
                : null;
    }

    /// What they are in their rooms, and those whose only listener has blocked them, or is blocked
    /// by them.
    private record Standing(Map<Speaker, Admission> known, Set<Speaker> blocked) {
        @Nullable Failure refusal(Speaker speaker, Instant now) {
            @Nullable Admission admission = known.get(speaker);
            if (admission == null) {
                return Room.notFound();
            }
            @Nullable Failure refusal = admission.refusal(now);
            return refusal == null && blocked.contains(speaker) ? Room.blocked() : refusal;
        }
    }

    private Standing standing(List<@Nullable Speaker> speakers) {
        Map<Speaker, Admission> known = known(speakers);
        return new Standing(known, blocked(known));
    }

    private Map<Speaker, Admission> known(List<@Nullable Speaker> speakers) {
        List<Speaker> people = speakers.stream().filter(Objects::nonNull).toList();
        Map<Speaker, Admission> known = HashMap.newHashMap(people.size());
        if (!people.isEmpty()) {
            db.read(tx -> members.admissions(tx, rooms(people), users(people)))
                    .forEach(admission -> known.put(admission.speaker(), admission));
        }
        return known;
    }

    private Set<Speaker> blocked(Map<Speaker, Admission> known) {
        Map<Speaker, Pair> pairs = new HashMap<>();
        known.forEach((speaker, admission) -> {
            @Nullable Id<User> listener = admission.listener();
            if (listener != null) {
                pairs.put(speaker, new Pair(speaker.user(), listener));
            }
        });
        if (pairs.isEmpty()) {
            return Set.of();
        }
        pairs.values().retainAll(blocks.between(Set.copyOf(pairs.values())));
        return pairs.keySet();
    }

    /// Each is taken away by the first message that uses it.
    private Set<Speaker> turns(Standing standing, Instant now) {
        List<Speaker> slow =
                standing.known().values().stream()
                        .filter(Admission::isSlow)
                        .map(Admission::speaker)
                        .filter(speaker -> standing.refusal(speaker, now) == null)
                        .toList();
        return slow.isEmpty()
                ? new HashSet<>()
                : new HashSet<>(db.tx(tx -> members.takeTurns(tx, rooms(slow), users(slow), now)));
    }

    private static List<Id<Room>> rooms(List<Speaker> speakers) {
        return speakers.stream().map(Speaker::room).toList();
    }

    private static List<Id<User>> users(List<Speaker> speakers) {
        return speakers.stream().map(Speaker::user).toList();
    }
}
