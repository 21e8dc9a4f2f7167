package madang.web;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A room in which much was said.
@InBrowser
class LongRoomTest extends Neighbours {
    private static final int VERY_MUCH = 2_000 * Integer.getInteger("scale", 1);
    private static final int PIXELS_A_FRAME = 1500;
    private static final int MOST_STRETCHES = 60;

    /// An element by its name, through every shadow root.
    private static final String FIND =
            """
            const find = (root, name) => {
              for (const element of root.querySelectorAll('*')) {
                const found = element.localName === name ? element : element.shadowRoot && find(element.shadowRoot, name);
                if (found) return found;
              }
            };
            """;

    /// The reader's part of a ride: goes on by so many pixels in every frame, down for more than
    /// nothing, for at most ten seconds, and answers whether he is there. What stands there has no
    /// hole, and what he looks at never jumps; `frames` are the times between two of them.
    private static final String RIDE =
            FIND
                    + """
                    const [pixels] = arguments;
                    const timeline = find(document, 'chat-timeline');
                    const box = timeline.renderRoot.querySelector('.scroll');
                    const standing = () => [...timeline.renderRoot.querySelectorAll('li[data-key]')].map((row) => Number(row.dataset.goal));
                    if (!globalThis.ride) {
                      globalThis.ride = { seen: new Set(), faults: [], frames: [], tasks: [], most: 0, before: '' };
                      new PerformanceObserver((list) => ride.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
                    }
                    const hasChanged = () => {
                      const rows = standing();
                      const state = `${rows[0]} ${rows.at(-1)} ${rows.length}`;
                      if (state === ride.before) return false;
                      ride.before = state;
                      ride.most = Math.max(ride.most, rows.length);
                      rows.forEach((seq, at) => {
                        if (at > 0 && seq !== rows[at - 1] + 1) ride.faults.push(`${seq} after ${rows[at - 1]}`);
                        ride.seen.add(seq);
                      });
                      return true;
                    };
                    const bottom = (row) => row.getBoundingClientRect().bottom;
                    const isAtEnd = () => !timeline.state.hasNewer && box.scrollHeight - box.scrollTop - box.clientHeight < 60;
                    let held = null;
                    const hold = () => {
                      const edge = box.getBoundingClientRect().top;
                      const row = [...timeline.renderRoot.querySelectorAll('li[data-key]')].find((row) => bottom(row) > edge);
                      held = row && { row, at: bottom(row) };
                    };
                    const stays = () => {
                      const jump = held?.row.isConnected ? bottom(held.row) - held.at : 0;
                      if (Math.abs(jump) > 1 && !isAtEnd()) ride.faults.push(`${held.row.dataset.goal} jumped by ${jump}`);
                    };
                    const isThere = () => (pixels < 0 ? box.scrollTop === 0 && !timeline.state.hasOlder : isAtEnd());
                    const until = performance.now() + 10_000;
                    return new Promise((done) => {
                      let last = 0;
                      const frame = (now) => {
                        if (last) ride.frames.push(now - last);
                        last = now;
                        // What came since the last frame is put in its place at the end of this one.
                        if (!hasChanged()) {
                          stays();
                          if (isThere() || now > until) return done(isThere());
                          box.scrollTop += pixels;
                          hold();
                        }
                        requestAnimationFrame(frame);
                      };
                      requestAnimationFrame(frame);
                    });
                    """;

    private static final String TO_THE_TOP =
            FIND
                    + "find(document, 'chat-timeline').renderRoot.querySelector('.scroll').scrollTop = 0;";

    /// How it went, given the last number that stood there before.
    private static final String RIDDEN =
            """
            const [last] = arguments;
            const { seen, faults, frames, tasks, most } = ride;
            const missing = Array.from({ length: last }, (_, at) => at + 1).filter((seq) => !seen.has(seq));
            const sorted = frames.toSorted((one, other) => one - other);
            const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(1);
            return {
              faults: [...faults, ...missing.map((seq) => `${seq} never stood there`)],
              most,
              figures: `${frames.length} frames: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms; `
                + `${tasks.length} tasks over 50 ms, the longest ${Math.max(0, ...tasks).toFixed(0)} ms; at most ${most} messages stood there`,
            };
            """;

    /// Up to the first word and down again, as fast as the pages come, while somebody speaks. What
    /// must be is asserted; how smooth it was is printed.
    @Test
    void much_is_scrolled_without_a_hole_or_a_jump_while_somebody_speaks() throws Exception {
        String room = scene.room("큰 마당", mina, joon);
        long last = fill(room);
        mina.http().put("/api/v1/chat/rooms/" + room + "/read", Scene.json(Map.of("seq", last)));
        try (ExecutorService speaker = Executors.newVirtualThreadPerTaskExecutor();
                Visitor visitor = Visitor.enters(mina, room)) {
            Window window = visitor.window();
            visitor.hears("말 " + last);
            CountDownLatch isOver = new CountDownLatch(1);
            Future<Integer> speech = speaker.submit(() -> speaks(room, isOver));
            // What listens for screen readers would cost every frame.
            window.cdp("Accessibility.disable", Map.of());
            rides(window, -PIXELS_A_FRAME);
            rides(window, PIXELS_A_FRAME);
            isOver.countDown();
            int words = speech.get();
            visitor.hears("덧붙임 " + words);
            rides(window, PIXELS_A_FRAME);

            Map<String, Object> ridden = Window.map(window.run(RIDDEN, last));
            System.out.println(VERY_MUCH + " messages, up and down: " + ridden.get("figures"));
            assertThat((List<?>) ridden.get("faults")).isEmpty();
            assertThat((Long) ridden.get("most")).isLessThan(500);
            List<String> said = visitor.said();
            assertThat(IntStream.rangeClosed(1, words).mapToObj("덧붙임 %d"::formatted))
                    .allSatisfy(word -> assertThat(said).containsOnlyOnce(word));

            window.run(TO_THE_TOP);
            window.press("최근 메시지로");
            window.waitUntil("the end", () -> visitor.sees("덧붙임 " + words));
        }
    }

    private static void rides(Window window, int pixels) {
        for (int stretch = 0; stretch < MOST_STRETCHES; stretch++) {
            if ((boolean) window.run(RIDE, pixels)) {
                return;
            }
        }
        throw new AssertionError("still riding: " + window.run(RIDDEN, 0));
    }

    /// Says something five times a second until the end; how often.
    private static int speaks(String room, CountDownLatch isOver) throws InterruptedException {
        int words = 0;
        do {
            scene.says(joon, room, "덧붙임 " + ++words);
        } while (!isOver.await(200, MILLISECONDS));
        return words;
    }

    /// Lets two people have said very much; the last number of the log.
    private static long fill(String room) {
        return house.wiring()
                .db()
                .tx(tx -> {
                    tx.sql("set local statement_timeout = '60s'").count();
                    tx.sql(
                                    """
                                    insert into chat.message (room_id, seq, changed_seq, id, kind, author_id,
                                                              text, client_key, created_at)
                                    select log.room_id, n, n, gen_random_uuid(), 'TEXT',
                                           case when n / 4 % 2 = 0 then :mina::uuid else :joon::uuid end,
                                           '말 ' || n || case when n % 7 = 1 then repeat(', 그리고 차 한 잔', (n % 23)::int) else '' end,
                                           n::text, log.last_at + (n - log.last_seq) * interval '1 microsecond'
                                    from chat.room_log log, generate_series(log.last_seq + 1, log.last_seq + :many) as n
                                    where log.room_id = :room::uuid
                                    """)
                            .with("room", room)
                            .with("mina", mina.id())
                            .with("joon", joon.id())
                            .with("many", VERY_MUCH)
                            .count();
                    return tx.sql(
                                    """
                                    update chat.room_log
                                    set last_seq = last_seq + :many, last_at = last_at + :many * interval '1 microsecond'
                                    where room_id = :room::uuid returning last_seq
                                    """)
                            .with("room", room)
                            .with("many", VERY_MUCH)
                            .one(Long.class);
                });
    }
}
