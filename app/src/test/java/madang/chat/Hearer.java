package madang.chat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import madang.testing.Talker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Somebody who hears rooms over one socket after the other, and gives all that he hears to the
/// checker, also what a kind client would pass over. A line that breaks is dialled again, and where
/// he is told to look, he looks.
final class Hearer implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private int port;
    private final String token;
    private final Map<String, LogFollower> logs = new LinkedHashMap<>();
    private Talker talker;
    private Thread listening;
    private volatile boolean isOver;

    Hearer(int port, String token, Collection<String> rooms) {
        this.port = port;
        this.token = token;
        rooms.forEach(room -> logs.put(room, new LogFollower()));
    }

    /// Listens from now on, by itself.
    Hearer listens() {
        while (!hear()) {
            rest();
        }
        listening =
                Thread.startVirtualThread(() -> {
                    while (!isOver) {
                        hear();
                        rest();
                    }
                });
        return this;
    }

    /// Waits until his line is cut, and goes on at another door.
    void comesBackAt(int otherPort) {
        talker.closeCode();
        synchronized (this) {
            port = otherPort;
        }
        while (!hear()) {
            rest();
        }
    }

    /// Waits until he has heard each of these rooms up to its place. Whoever he is waiting for has
    /// been told already, or never is.
    void hearsUpTo(Map<String, Long> ends) throws InterruptedException {
        isOver = true;
        if (listening != null) {
            listening.join();
        }
        long begin = System.nanoTime();
        while (!hear() || !isAt(ends)) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                return;
            }
            rest();
        }
    }

    int holes() {
        return logs.values().stream().mapToInt(log -> log.holes().size()).sum();
    }

    int doubled() {
        return logs.values().stream().mapToInt(log -> log.doubled().size()).sum();
    }

    boolean knows(String message) {
        return logs.values().stream().anyMatch(log -> log.messages().containsKey(message));
    }

    /// How many of a room's messages he knows.
    int known(String room) {
        return logs.get(room).messages().size();
    }

    /// Takes in what came since; dials where there is no line. False if there is none now.
    synchronized boolean hear() {
        try {
            if (talker != null) {
                boolean wasOver = talker.isOver();
                takeIn(talker.takes());
                if (wasOver) {
                    hangUp();
                }
            }
            if (talker == null) {
                dial();
            }
            return true;
        } catch (RuntimeException | AssertionError away) {
            hangUp();
            return false;
        }
    }

    private void dial() {
        talker = Talker.connect(port, token);
        logs.forEach((room, log) -> {
            JsonNode opened = talker.opens(room, log.position());
            readBetween(room, log, opened);
            log.opened(opened);
        });
    }

    /// What is pushed after a reset goes on from somewhere else, so the room is asked first. A line
    /// that is over cannot be asked; the next one is.
    private void takeIn(List<JsonNode> pushes) {
        for (JsonNode push : pushes) {
            JsonNode params = push.get("params");
            LogFollower log = logs.get(params.path("room").asString(""));
            if (log == null) {
                continue;
            }
            switch (push.get("method").stringValue()) {
                case "chat.message" -> {
                    log.pushed(params);
                    ((ObjectNode) params).retain("id", "seq", "changed_seq", "text");
                }
                case "chat.reset" -> resume(params.get("room").stringValue(), log);
                default -> {}
            }
        }
    }

    private void resume(String room, LogFollower log) {
        JsonNode answer =
                Talker.result(talker.calls("chat.resume", "room", room, "after", log.position()));
        readBetween(room, log, answer);
        log.answered(answer);
    }

    /// Where too much was missed, only the newest page comes: the rest is read as it is scrolled
    /// up.
    private void readBetween(String room, LogFollower log, JsonNode answer) {
        if (answer.path("reset").asBoolean(false)) {
            Speakers.history(port, token, room).forEach(log::read);
        }
    }

    private boolean isAt(Map<String, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> logs.get(end.getKey()).position() >= end.getValue());
    }

    private void hangUp() {
        if (talker != null) {
            talker.close();
            talker = null;
        }
    }

    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(30);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        isOver = true;
        synchronized (this) {
            hangUp();
        }
    }
}
