package madang.chat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what senders were promised with what the rooms hold.
final class SaidAndStored {
    /// What one sender said as his `number`th, which message that became, and what it shows after
    /// all that was acknowledged of it.
    record Said(String id, String sender, int number, String shows) {
        Said showing(String now) {
            return new Said(id, sender, number, now);
        }
    }

    /// A message as it stands in a room.
    record Found(String id, String shows) {}

    /// `lost`: it is not there, or does not show what was acknowledged. `doubled`: it is there, and
    /// nobody was told that it is, so one who asked again said it twice.
    record Verdict(int acked, int lost, int doubled, int reordered) {
        boolean isClean() {
            return lost == 0 && doubled == 0 && reordered == 0;
        }
    }

    /// `stored` is each room from its beginning to its end.
    static Verdict verdict(Collection<Said> acked, Map<String, List<Found>> stored) {
        Map<String, Said> byId = new HashMap<>();
        acked.forEach(said -> byId.put(said.id(), said));
        Set<String> sound = new HashSet<>();
        Set<String> found = new HashSet<>();
        int doubled = acked.size() - byId.size();
        int reordered = 0;
        for (List<Found> room : stored.values()) {
            Map<String, Integer> latest = new HashMap<>();
            for (Found message : room) {
                Said said = byId.get(message.id());
                if (said == null || !found.add(message.id())) {
                    doubled++;
                    continue;
                }
                if (said.shows().equals(message.shows())) {
                    sound.add(said.id());
                }
                int before = latest.getOrDefault(said.sender(), -1);
                reordered += said.number() < before ? 1 : 0;
                latest.put(said.sender(), Math.max(before, said.number()));
            }
        }
        return new Verdict(acked.size(), byId.size() - sound.size(), doubled, reordered);
    }

    /// The first few messages that do not show what was acknowledged, for whoever looks for why.
    static List<String> examples(Collection<Said> acked, Map<String, List<Found>> stored) {
        Map<String, String> shown = new HashMap<>();
        stored.values().forEach(room -> room.forEach(m -> shown.put(m.id(), m.shows())));
        return acked.stream()
                .filter(said -> !said.shows().equals(shown.get(said.id())))
                .map(said -> said + " and is " + shown.get(said.id()))
                .limit(5)
                .toList();
    }

    private SaidAndStored() {}
}
