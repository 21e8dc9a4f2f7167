package madang.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import madang.testing.House;
import madang.testing.Person;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client in Node, as docs/clients/javascript.md has it: its folder copied into a program.
/// Where there is no Node this is skipped.
class NodeClientTest {
    private static final Path NODE = Path.of("/usr/bin/node");
    private static final Pattern PART = Pattern.compile("from '\\./([\\w.-]+\\.js)'");
    private static final String MAIN = "madang-client.js";

    private static final String PROGRAM =
            """
            import { Madang } from './client/madang-client.js';

            const [url, username, password, id] = process.argv.slice(2);
            let memory = {};
            const begin = () => {
              const madang = new Madang({ url, memory, language: () => 'ko' });
              madang.api.addEventListener('remember', ({ detail }) => (memory = detail));
              return madang;
            };
            const heardIn = (room, wanted) =>
              new Promise((done) => {
                const heard = [];
                room.addEventListener('changes', ({ detail }) => {
                  heard.push(...detail.messages.map(({ text }) => text));
                  if (heard.includes(wanted)) done(heard);
                });
              });

            const first = begin();
            await first.signIn({ username, password });
            const { items } = await first.api.get('/chat/rooms', { scope: 'mine' });
            const room = first.hold(id, items.find((one) => one.id === id).last_seq);
            const heard = heardIn(room, '차 한 잔 🍵');
            room.send('차 한 잔 🍵');
            console.log(JSON.stringify(await heard));
            first.socket.stop();

            const second = begin();
            const user = await second.resume();
            const refused = await second.api.get('/chat/rooms/nowhere').catch(({ code }) => code);
            const again = second.hold(id);
            const answer = heardIn(again, '또 왔어요');
            again.addEventListener('opened', () => again.send('또 왔어요'), { once: true });
            console.log(JSON.stringify([user.username, refused, ...(await answer)]));
            await second.signOut();
            """;

    @TempDir private Path folder;

    @Test
    void a_program_signs_in_talks_and_takes_up_its_session() throws Exception {
        assumeTrue(Files.isExecutable(NODE), "there is no Node here");
        try (House house = Scene.house()) {
            Scene scene = new Scene(house);
            Person mina = scene.person("mina", "미나");
            String room = scene.room("정원", mina);
            copy(house, MAIN, new HashSet<>());
            Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
            Files.writeString(folder.resolve("program.js"), PROGRAM);

            Process node =
                    new ProcessBuilder(
                                    NODE.toString(),
                                    "program.js",
                                    house.url(),
                                    mina.name(),
                                    Person.PASSWORD,
                                    room)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("said").toFile())
                            .start();
            try {
                assertThat(node.waitFor(60, SECONDS)).as(said()).isTrue();
                assertThat(said())
                        .isEqualTo(
                                """
                                ["차 한 잔 🍵"]
                                ["mina","CHAT_ROOM_NOT_FOUND","또 왔어요"]
                                """);
                assertThat(Scene.heard(mina.http(), room)).containsOnlyOnce("차 한 잔 🍵", "또 왔어요");
            } finally {
                node.destroyForcibly();
            }
        }
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("said"));
    }

    /// What this file and those that it names need, as the house serves them.
    private void copy(House house, String name, Set<String> copied) throws IOException {
        if (copied.add(name)) {
            String text = house.stranger().get("/client/" + name).text();
            Path file = folder.resolve("client").resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
            for (String part : PART.matcher(text).results().map(found -> found.group(1)).toList()) {
                copy(house, part, copied);
            }
        }
    }
}
