package madang.testing;

import static madang.testing.Eventually.eventually;
import static madang.testing.Town.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A small furnished house, with one of everything that a path can name. Mina owns it all, Joon is
/// a member of whatever has members, Haneul is banned, and a keeper looks after the house. What is
/// said among several and what is Mina's alone each hold a word that nobody else may ever read.
public final class Furnished implements AutoCloseable {
    /// Stands in the room, its messages, its file, the event and what was said there.
    public static final String WORD_OF_SEVERAL = "persimmon-pudding";

    /// Stands in what Mina has for herself.
    public static final String WORD_OF_ONE = "quince-cellar";

    public static final String PUBLIC_KEY = "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}";

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)(?:\\.\\.\\.)?}");
    private static final Pattern NAMED = Pattern.compile("\\$(\\w+)");
    private static final String NOTHING = "01900000-0000-7000-8000-000000000000";
    private static final String ROOMS = "/api/v1/chat/rooms";
    private static final String EVENTS = "/api/v1/events";

    /// One who asks. Nobody has no name and no token.
    public record Caller(@Nullable String name, @Nullable String token) {
        public static final Caller NOBODY = new Caller(null, null);
    }

    private final Path data;
    private final House house;
    private final Map<String, String> things = new HashMap<>();
    private final AtomicInteger strangers = new AtomicInteger();
    private final Map<String, String> dialectTokens = new HashMap<>();
    private final Caller mina;
    private final Caller joon;
    private final Caller keeper;
    private final EventTalker stream;

    public static Furnished open() {
        return new Furnished();
    }

    private Furnished() {
        data = folder();
        house =
                House.open(
                        Map.of(
                                "MADANG_DATA", data.toString(),
                                "MADANG_UPLOAD_QUOTA", "100000",
                                "MADANG_WOONGKIE_ADDRESS", "127.0.0.1:0",
                                "MADANG_WOONGKIE_RATE_LIMIT_GENERAL", "100000/second",
                                "MADANG_WOONGKIE_RATE_LIMIT_AUTH", "100000/second",
                                "MADANG_WOONGKIE_RATE_LIMIT_ROOMS", "100000/second",
                                "MADANG_WOONGKIE_RATE_LIMIT_UPLOAD", "100000/second"));
        Person member = house.person("joon");
        Person banned = house.person("haneul");
        Person friend = house.person("sora");
        Person host = inRole("mina", "BUSINESS");
        Person warden = inRole("keeper", "SUPER_ADMIN");
        mina = caller(host);
        joon = caller(member);
        keeper = caller(warden);
        Instant now = house.clock().instant();
        things.putAll(
                Map.of(
                        "user", member.id(),
                        "mina", host.id(),
                        "joon", member.id(),
                        "haneul", banned.id(),
                        "sora", friend.id(),
                        "username", "mina",
                        "emoji", "%F0%9F%8D%B5",
                        "kind", "marketing",
                        "part", "account"));
        things.put("soon", now.plus(Duration.ofDays(2)).toString());
        things.put("later", now.plus(Duration.ofDays(3)).toString());
        furnishRoom(host, member, banned);
        furnishEvents(host, member);
        furnishOffers(host, member);
        furnishOwn(host, member);
        furnishFriends(host, member, banned, friend);
        stream = EventTalker.connect(host);
        things.put("stream", stream.path().substring(stream.path().lastIndexOf('/') + 1));
    }

    public House house() {
        return house;
    }

    public Caller mina() {
        return mina;
    }

    public Caller joon() {
        return joon;
    }

    public Caller keeper() {
        return keeper;
    }

    /// Somebody with an account whom nobody has met.
    public Caller stranger() {
        return caller(house.person("stranger" + strangers.incrementAndGet()));
    }

    /// This path with the real thing in each place.
    public String real(String path) {
        return filled(path, place -> thing(path, place));
    }

    /// The same path with ids that nobody has.
    public String unreal(String path) {
        return filled(
                path, place -> thing(path, place).startsWith("0") ? NOTHING : thing(path, place));
    }

    /// Lets Joon in again, if he is out.
    public void admitJoon() {
        for (String room : List.of("room", "/rooms/{room} room")) {
            http(mina)
                    .post(
                            ROOMS + "/" + things.get(room) + "/members",
                            json(Map.of("user", things.get("joon"))));
        }
        http(mina)
                .post(
                        EVENTS + "/" + things.get("event") + "/participants",
                        json(Map.of("participant_id", things.get("joon"))));
    }

    /// A body in which `$name` stands for a thing.
    public String body(String body) {
        return NAMED.matcher(body)
                .replaceAll(
                        match -> Objects.requireNonNull(things.get(match.group(1)), match.group()));
    }

    public boolean has(String thing) {
        return things.containsKey(thing);
    }

    /// The id of a thing, or what else stands for it in a path or a body.
    public String named(String thing) {
        return Objects.requireNonNull(things.get(thing), thing);
    }

    /// The ids of all things, for whoever wants to mix them up.
    public String[] ids() {
        return things.values().stream().filter(id -> id.startsWith("0")).toArray(String[]::new);
    }

    public Http http(Caller caller) {
        Http http = house.stranger().with("Accept-Language", "en");
        return caller.token() == null
                ? http
                : http.with("Authorization", "Bearer " + caller.token());
    }

    /// The same caller in the dialect, at the root of the main address or at the dialect's own.
    public Http dialect(Caller caller, boolean isOwn) {
        Http http = house.stranger().with("X-Requested-With", "XMLHttpRequest");
        http = isOwn ? http.at(house.wiring().woongkiePort(), "woongkie") : http;
        return caller.name() == null
                ? http
                : http.with(
                        "Authorization",
                        "Bearer "
                                + dialectTokens.computeIfAbsent(caller.name(), this::dialectToken));
    }

    @Override
    public void close() {
        stream.close();
        house.close();
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException left) {
            throw new UncheckedIOException(left);
        }
    }

    private void furnishRoom(Person host, Person member, Person banned) {
        String room = anotherRoom(host, member);
        things.put("room", room);
        done(host.http().post(ROOMS + "/" + room + "/bans", json(Map.of("user", banned.id()))));
        things.put(ROOMS + "/{room}/bans/{user}", banned.id());
        String message =
                id(
                        host.http()
                                .post(
                                        ROOMS + "/" + room + "/messages",
                                        json(Map.of("text", WORD_OF_SEVERAL))));
        things.put("message", message);
        things.put("/rooms/{room} room", anotherRoom(host, member));
        things.put("/admin/rooms/{room} room", anotherRoom(host, member));
        String about = ROOMS + "/" + room + "/messages/" + message;
        done(host.http().put(about + "/reactions/" + things.get("emoji"), "{}"));
        done(host.http().put(about + "/pin", "{}"));
        Answer file =
                done(
                        host.http()
                                .upload(
                                        ROOMS + "/" + room + "/files",
                                        Form.of(
                                                WORD_OF_SEVERAL + ".jpg",
                                                Photos.jpeg(900, 600, 6))));
        things.put("file", file.data().get("file").get("id").stringValue());
        JsonNode hook =
                done(host.http()
                                .post(
                                        ROOMS + "/" + room + "/webhooks",
                                        json(Map.of("name", WORD_OF_SEVERAL))))
                        .data();
        things.put("webhook", hook.get("webhook").get("id").stringValue());
        String address = hook.get("url").stringValue();
        things.put("/api/v1/chat/hooks/{token}", address.substring(address.lastIndexOf('/') + 1));
        done(host.http().put("/api/v1/chat/keys", json(Map.of("public_key", PUBLIC_KEY))));
    }

    private static String anotherRoom(Person host, Person member) {
        String room =
                id(
                        host.http()
                                .post(
                                        ROOMS,
                                        json(Map.of("name", WORD_OF_SEVERAL, "type", "private"))));
        done(host.http().post(ROOMS + "/" + room + "/members", json(Map.of("user", member.id()))));
        return room;
    }

    /// One event comes again; another is over, and Joon was not there.
    private void furnishEvents(Person host, Person member) {
        Instant now = house.clock().instant();
        String event = event(host, member, now.plus(Duration.ofDays(1)));
        things.put("event", event);
        String about = EVENTS + "/" + event;
        done(host.http().put(about + "/repeat", json(Map.of("rule", "FREQ=WEEKLY;COUNT=3"))));
        done(host.http().post(about + "/messages", json(Map.of("text", WORD_OF_SEVERAL))));
        things.put("code", done(host.http().post(about + "/invite-link")).text("code"));
        things.put(EVENTS + "/{event}/participants/{user}", things.get("haneul"));

        String over = event(host, member, now.minus(Duration.ofDays(1)));
        done(member.http().post(EVENTS + "/" + over + "/accept"));
        done(host.http().post(EVENTS + "/" + over + "/confirm"));
        String noShow = "/no-shows/" + member.id();
        done(host.http().put(EVENTS + "/" + over + noShow, "{}"));
        for (String path : List.of("/no-shows", "/no-shows/{user}", "/no-shows/{user}/objection")) {
            things.put(EVENTS + "/{event}" + path + " event", over);
        }
    }

    private void furnishFriends(Person host, Person member, Person banned, Person friend) {
        String requests = "/api/v1/users/friends/requests";
        done(friend.http().post(requests, json(Map.of("user", host.id()))));
        done(banned.http().post(requests, json(Map.of("user", host.id()))));
        done(host.http().post(requests, json(Map.of("user", member.id()))));
        Person old = house.person("friend");
        done(old.http().post(requests, json(Map.of("user", member.id()))));
        done(member.http().post(requests, json(Map.of("user", old.id()))));
        things.put("friend", old.id());
        things.put(requests + "/{user}/accept user", friend.id());
        things.put(requests + "/{user}/decline user", banned.id());
        things.put("/api/v1/admin/users/{user}", banned.id());
        things.put("/admin/users/{username}", banned.name());
        things.put("/api/v1/chat/keys/{user}", host.id());
    }

    private String event(Person host, Person member, Instant start) {
        return id(
                host.http()
                        .post(
                                EVENTS,
                                json(
                                        Map.of(
                                                "title", WORD_OF_SEVERAL,
                                                "start_time", start.toString(),
                                                "end_time", start.plusSeconds(3_600).toString(),
                                                "participant_ids",
                                                        List.of(
                                                                member.id(),
                                                                things.get("haneul"))))));
    }

    private void furnishOffers(Person host, Person member) {
        Map<String, String> time =
                Map.of("start_time", things.get("soon"), "end_time", things.get("later"));
        Map<String, Object> slot = new HashMap<>(time);
        slot.put("offer", Map.of("title", "tea"));
        things.put("slot", id(host.http().post("/api/v1/open-slots", json(slot))));
        done(member.http().post("/api/v1/open-slots/" + things.get("slot") + "/hold"));
        JsonNode series =
                done(host.http()
                                .post(
                                        "/api/v1/open-slots/series",
                                        json(
                                                Map.of(
                                                        "offer",
                                                        Map.of("title", "tea"),
                                                        "time_zone",
                                                        "Asia/Seoul",
                                                        "first_day",
                                                        "2099-01-05",
                                                        "last_day",
                                                        "2099-01-12",
                                                        "duration_minutes",
                                                        60,
                                                        "hours",
                                                        List.of(
                                                                Map.of(
                                                                        "weekday", "monday",
                                                                        "from", "09:00",
                                                                        "to", "12:00"))))))
                        .data();
        things.put("series", series.get("series_id").stringValue());
        JsonNode poll =
                done(host.http()
                                .post(
                                        "/api/v1/polls",
                                        json(Map.of("title", "tea", "options", List.of(time)))))
                        .data();
        things.put("/api/v1/polls/{code}", poll.get("code").stringValue());
        things.put("option", poll.get("options").get(0).get("id").stringValue());
    }

    private void furnishOwn(Person host, Person member) {
        host.onAnotherDevice();
        things.put(
                "session",
                done(host.http().get("/api/v1/users/me/sessions"))
                        .data()
                        .get("items")
                        .valueStream()
                        .filter(session -> !session.get("current").booleanValue())
                        .findFirst()
                        .orElseThrow()
                        .get("id")
                        .stringValue());
        things.put(
                "bot",
                done(host.http()
                                .post(
                                        "/api/v1/users/me/bots",
                                        json(Map.of("nickname", WORD_OF_ONE))))
                        .data()
                        .get("bot")
                        .get("id")
                        .stringValue());
        Authenticator phone = new Authenticator(house.url());
        String credential =
                phone.creates(
                        done(host.http().post("/api/v1/users/me/passkeys/options", "{}"))
                                .data()
                                .get("public_key"));
        things.put(
                "passkey",
                id(
                        host.http()
                                .post(
                                        "/api/v1/users/me/passkeys",
                                        "{\"name\":\"%s\",\"credential\":%s}"
                                                .formatted(WORD_OF_ONE, credential))));
        things.put(
                "report",
                id(
                        host.http()
                                .post(
                                        "/api/v1/reports",
                                        json(
                                                Map.of(
                                                        "subject_type",
                                                        "user",
                                                        "subject_id",
                                                        member.id(),
                                                        "reason",
                                                        "other",
                                                        "text",
                                                        WORD_OF_ONE)))));
        done(host.http().post("/api/v1/users/me/export"));
        eventually(() -> host.http().get("/api/v1/users/me/export/file").status() == 200);
        String feed = done(host.http().post("/api/v1/calendar/feed", "{}")).text("url");
        things.put("/api/v1/calendar/feed/{token}", feed.substring(feed.lastIndexOf('/') + 1));
    }

    /// What is named is mostly the same wherever its name stands; else the path up to it says more,
    /// or the whole path.
    private String thing(String path, String place) {
        String upTo = path.substring(0, path.indexOf("{" + place)) + "{" + place + "}";
        return Stream.of(path + " " + place, upTo, place)
                .map(things::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("x");
    }

    private String dialectToken(String name) {
        Answer signedIn =
                house.stranger()
                        .with("X-Requested-With", "XMLHttpRequest")
                        .post(
                                "/auth/login",
                                json(Map.of("username", name, "password", Person.PASSWORD)));
        return done(signedIn).body().get("token").stringValue();
    }

    private static Caller caller(Person person) {
        return new Caller(person.name(), person.accessToken());
    }

    /// Signed in again, because a role stands in the token.
    private Person inRole(String name, String role) {
        Person person = house.person(name);
        house.wiring()
                .db()
                .run(tx ->
                        tx.sql("update identity.users set role = :role where username = :name")
                                .with("role", role)
                                .with("name", name)
                                .count());
        return person.onAnotherDevice();
    }

    private static String filled(String path, java.util.function.Function<String, String> thing) {
        return PLACE.matcher(path)
                .replaceAll(match -> Matcher.quoteReplacement(thing.apply(match.group(1))));
    }

    private static String id(Answer answer) {
        return done(answer).text("id");
    }

    private static Answer done(Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("furnished");
        } catch (IOException noFolder) {
            throw new UncheckedIOException(noFolder);
        }
    }
}
