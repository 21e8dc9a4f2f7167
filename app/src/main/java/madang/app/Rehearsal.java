package madang.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import madang.embedded.EmbeddedPostgres;
import madang.kit.ErrorReporter;
import madang.kit.json.Json;
import madang.kit.settings.LogSettings;
import madang.kit.settings.Settings;
import madang.kit.settings.Sources;

/// A short life of a house that nobody sees: it opens on a folder of its own, somebody signs up,
/// opens a room, says something and reads it, and it closes. The JVM that watches
/// (`-XX:AOTCacheOutput`) remembers what was loaded, so that later houses open sooner.
final class Rehearsal {
    private static final int ROUNDS = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Json json;
    private final String address;

    private Rehearsal(Json json, int port) {
        this.json = json;
        this.address = "127.0.0.1:" + port;
    }

    static void main() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("madang-rehearsal-");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startForgetful(folder.resolve("pg"))) {
            Settings settings = settings(folder);
            Logs.configure(settings.get(LogSettings.class));
            Json json = new Json();
            Wiring house =
                    new Wiring(
                            settings,
                            postgres.address(),
                            json,
                            new Wiring.Surroundings(Wiring.MICROSECONDS, ErrorReporter.NONE));
            try {
                house.start();
                new Rehearsal(json, house.port()).play();
            } finally {
                house.stop();
            }
        } finally {
            Logs.flush();
            delete(folder);
        }
    }

    private static Settings settings(Path folder) {
        return Settings.load(
                new Sources(
                        Map.of(
                                "PORT", "0",
                                "MADANG_HOST", "127.0.0.1",
                                "MADANG_DATA", folder.toString(),
                                "MADANG_BCRYPT_COST", "4",
                                "MADANG_SHUTDOWN_TIMEOUT", "3s"),
                        folder.resolve(".env")),
                FromSettings.ALL);
    }

    private void play() throws IOException, InterruptedException {
        for (String page : List.of("/", "/ready", "/docs", "/docs/openapi.yaml")) {
            ask("GET", page, "", "");
        }
        String account = "{\"username\":\"mina\",\"password\":\"tea at three\"}";
        String token = data(ask("POST", "/api/v1/auth/register", "", account), "access_token");
        String garden = "{\"name\":\"garden\",\"type\":\"PRIVATE\"}";
        String room = data(ask("POST", "/api/v1/chat/rooms", token, garden), "id");
        WebSocket socket = listen(token);
        String messages = "/api/v1/chat/rooms/" + room + "/messages";
        for (int round = 0; round < ROUNDS; round++) {
            ask("POST", messages, token, "{\"text\":\"tea at three\"}");
            ask("GET", "/api/v1/chat/messages?room_id=" + room, token, "");
            ask("GET", "/api/v1/chat/rooms", token, "");
            ask("GET", "/api/v1/users/me", token, "");
        }
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    private WebSocket listen(String token) {
        WebSocket socket =
                client.newWebSocketBuilder()
                        .header("Authorization", "Bearer " + token)
                        .buildAsync(
                                URI.create("ws://" + address + "/api/v1/chat/ws"),
                                new WebSocket.Listener() {})
                        .join();
        socket.sendText("{\"id\":1,\"method\":\"ping\"}", true).join();
        return socket;
    }

    private byte[] ask(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + address + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private String data(byte[] answer, String name) {
        return json.tree(answer).path("data").path(name).asString("");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
