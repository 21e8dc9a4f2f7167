package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import madang.testing.Person;
import org.junit.jupiter.api.Test;

/// The client that other programs take, run by a browser against a house, on lines that lose what
/// they are told to lose.
@InBrowser
class ClientTest extends Neighbours {
    /// Signs in as somebody and holds a room; `heard` is the text of everything told of it, `once`
    /// waits. A lossy socket loses the first frame that `loses` names, and with `cuts` itself.
    private static final String BEGIN =
            """
            const [username, password, id, ...more] = arguments;
            const once = async (isSo) => { while (!isSo()) await new Promise((done) => setTimeout(done, 20)); };
            const lossy = (loses, cuts) => class extends WebSocket {
              set onmessage(listener) {
                super.onmessage = (event) => {
                  if (lost > 0 || !loses(JSON.parse(event.data))) return listener(event);
                  lost++;
                  if (cuts) this.close();
                };
              }
            };
            let lost = 0;
            const begin = async (options) => {
              const { Madang } = await import('/client/madang-client.js');
              const madang = new Madang(options);
              await madang.signIn({ username, password });
              const room = madang.hold(id);
              const heard = [];
              room.addEventListener('changes', ({ detail }) => heard.push(...detail.messages));
              const opened = new Promise((done) => room.addEventListener('opened', done, { once: true }));
              await opened;
              return { madang, room, heard };
            };
            """;

    @Test
    void who_signs_in_talks_and_leaves() {
        String room = scene.room("정원", mina, joon);
        assertThat(
                        run(
                                room,
                                """
                                const { madang, room, heard } = await begin({});
                                room.send('차 한 잔 🍵');
                                await once(() => heard.length === 1 && room.outbox.value.length === 0);
                                const mended = await room.edit(heard[0].id, '차 두 잔');
                                const { items } = await room.history({ limit: 1 });
                                await madang.signOut();
                                return [madang.socket.state.value, mended.text, items[0].text, madang.user];
                                """))
                .isEqualTo(Arrays.asList("off", "차 두 잔", "차 두 잔", null));
    }

    @Test
    void what_was_said_is_stored_once_though_its_answer_is_lost() {
        String room = scene.room("연못", mina, joon);
        assertThat(
                        run(
                                room,
                                """
                                const isAck = ({ result }) => result?.client_key;
                                const { madang, room, heard } = await begin({ WebSocket: lossy(isAck, true) });
                                room.send('한 번만');
                                await once(() => lost === 1 && madang.socket.state.value === 'open');
                                room.send('다음');
                                await once(() => room.outbox.value.length === 0 && heard.length === 2);
                                return heard.map(({ text }) => text);
                                """))
                .isEqualTo(List.of("한 번만", "다음"));
        assertThat(Scene.heard(joon.http(), room)).containsOnlyOnce("한 번만", "다음");
    }

    @Test
    void a_hole_is_seen_and_filled() {
        String room = scene.room("마루", mina, joon);
        List<String> all = IntStream.range(0, 20).mapToObj("말 %d"::formatted).toList();
        assertThat(
                        run(
                                room,
                                """
                                const isPush = ({ method, params }) => method === 'chat.message' && params.text === '말 5';
                                const { room, heard } = await begin({ WebSocket: lossy(isPush, false) });
                                for (let i = 0; i < 20; i++) room.send(`말 ${i}`);
                                await once(() => heard.length === 20);
                                return [lost, ...heard.map(({ text }) => text)];
                                """))
                .isEqualTo(Stream.concat(Stream.of(1L), all.stream()).toList());
    }

    /// A call that waits to be asked again must not bar the way of the next connection.
    @Test
    void a_line_that_breaks_while_a_busy_server_is_asked_again_leaves_nobody_deaf() {
        String room = scene.room("대청", mina, joon);
        assertThat(
                        run(
                                room,
                                """
                                const busy = ({ id }) => ({ data: JSON.stringify({ id, error: { code: 'SERVICE_UNAVAILABLE', message: '' } }) });
                                let refused = 0;
                                class Busy extends WebSocket {
                                  set onmessage(listener) {
                                    super.onmessage = (event) => {
                                      const frame = JSON.parse(event.data);
                                      if (frame.params?.text === '놓친 말') return lost++;
                                      if (refused > 0 || lost === 0 || !frame.result?.changes) return listener(event);
                                      refused++;
                                      // It is asked again at the very last, and the line is back at once.
                                      const rolls = [0.999];
                                      Math.random = () => rolls.shift() ?? 0;
                                      listener(busy(frame));
                                      this.close();
                                    };
                                  }
                                }
                                const { madang, room, heard } = await begin({ WebSocket: Busy });
                                const says = (text) => madang.api.post(`/chat/rooms/${id}/messages`, { text });
                                const again = new Promise((done) => room.addEventListener('opened', done, { once: true }));
                                await says('놓친 말');
                                await says('다음 말');
                                await again;
                                await says('마지막 말');
                                await once(() => heard.length >= 3);
                                return [refused, ...heard.map(({ text }) => text)];
                                """))
                .isEqualTo(List.of(1L, "놓친 말", "다음 말", "마지막 말"));
    }

    /// The server was put back to an older state, or so much was said that the way there is too
    /// long.
    @Test
    void who_cannot_be_told_what_he_missed_begins_with_the_newest_page() {
        String room = scene.room("곳간", mina, joon);
        scene.says(joon, room, "하나");
        scene.says(joon, room, "둘");
        assertThat(
                        run(
                                room,
                                """
                                const { Madang } = await import('/client/madang-client.js');
                                const madang = new Madang();
                                await madang.signIn({ username, password });
                                const room = madang.hold(id, 1_000_000);
                                const heard = [];
                                room.addEventListener('changes', ({ detail }) => heard.push(...detail.messages));
                                const page = await new Promise((done) => room.addEventListener('reset', ({ detail }) => done(detail)));
                                room.send('셋');
                                await once(() => heard.length === 1 && room.outbox.value.length === 0);
                                return [...page.slice(0, 2), ...heard].map(({ text }) => text);
                                """))
                .isEqualTo(List.of("둘", "하나", "셋"));
    }

    /// Some proxies let nothing through and say nothing. Ten seconds of waiting are made short
    /// here.
    @Test
    void a_socket_that_neither_opens_nor_ends_is_given_up_for_events() {
        String room = scene.room("골목", mina, joon);
        assertThat(
                        run(
                                room,
                                """
                                const later = setTimeout;
                                globalThis.setTimeout = (act, millis) => later(act, millis === 10_000 ? 50 : millis);
                                let swallowed = 0;
                                class Swallowed { constructor() { swallowed++; } close() {} }
                                const { room, heard } = await begin({ WebSocket: Swallowed });
                                room.send('들리나요?');
                                await once(() => heard.length === 1 && room.outbox.value.length === 0);
                                return [swallowed, heard[0].text];
                                """))
                .isEqualTo(List.of(2L, "들리나요?"));
    }

    @Test
    void what_is_refused_waits_for_its_author() {
        String room = scene.room("우물", mina, joon);
        assertThat(
                        run(
                                room,
                                """
                                const { room } = await begin({ language: () => 'en' });
                                const key = room.send('x'.repeat(4001));
                                await once(() => room.outbox.value[0].state === 'failed');
                                const { error } = room.outbox.value[0];
                                room.outbox.discard(key);
                                return [error.length > 0, room.outbox.value.length];
                                """))
                .isEqualTo(List.of(true, 0L));
    }

    @Test
    void a_crowd_never_comes_back_as_one() {
        String room = scene.room("다락", mina);
        assertThat(
                        run(
                                room,
                                """
                                const { pauseAfter } = await import('/client/socket.js');
                                const pauses = (failures) => Array.from({ length: 500 }, () => pauseAfter(failures));
                                const all = [0, 1, 4, 40].map(pauses);
                                const spread = all.map((some) => Math.max(...some) / Math.max(1, Math.min(...some)) > 5);
                                return [all.map((some) => Math.max(...some) <= 30_000), all[0].every((one) => one <= 500), all[2].every((one) => one <= 8000), spread].flat();
                                """))
                .isEqualTo(List.of(true, true, true, true, true, true, true, true, true, true));
    }

    private static Object run(String room, String body) {
        try (Window window = Browser.open(house, Look.KOREAN).forgives("WebSocket")) {
            return window.goTo("/welcome")
                    .run(
                            BEGIN + "return (async () => {" + body + "})();",
                            mina.name(),
                            Person.PASSWORD,
                            room);
        }
    }
}
