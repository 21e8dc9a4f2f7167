package madang.chat;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what senders were promised with what the rooms hold.
final class SaidAndStored {
    /// What one sender said, in the order in which it was acknowledged.
    record Said(String sender, int number, String room) {
        static Said parse(String text, String room) {
            int space = text.indexOf(' ');
            return new Said(
                    text.substring(0, space), Integer.parseInt(text.substring(space + 1)), room);
        }

        String text() {
            return sender + " " + number;
        }
    }

    record Verdict(int acked, int lost, int doubled, int reordered) {
        boolean isClean() {
            return lost == 0 && doubled == 0 && reordered == 0;
        }
    }

    /// `stored` is each room from its beginning to its end.
    static Verdict verdict(Collection<Said> acked, Map<String, List<Said>> stored) {
        Set<Said> found = new HashSet<>();
        int doubled = 0;
        int reordered = 0;
        for (List<Said> room : stored.values()) {
            Map<String, Integer> latest = new HashMap<>();
            for (Said said : room) {
                doubled += found.add(said) ? 0 : 1;
                int before = latest.getOrDefault(said.sender(), -1);
                reordered += said.number() < before ? 1 : 0;
                latest.put(said.sender(), Math.max(before, said.number()));
            }
        }
        int lost = (int) acked.stream().distinct().filter(said -> !found.contains(said)).count();
        return new Verdict(acked.size(), lost, doubled, reordered);
    }

    private SaidAndStored() {}
}
