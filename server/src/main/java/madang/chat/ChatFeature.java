package madang.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import madang.files.Files;
import madang.identity.BotEnded;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.identity.UserView;
import madang.kit.Id;
import madang.kit.Ids;
import madang.kit.User;
import madang.kit.db.Db;
import madang.kit.db.Outbox;
import madang.kit.feature.Feature;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.Limit;
import madang.kit.http.PublicWeb;
import madang.kit.http.Routes;
import madang.kit.http.Uploads;
import madang.kit.jobs.Jobs;
import madang.kit.json.Json;
import madang.live.LiveHub;
import madang.live.SocketDoor;
import madang.live.SocketMethods;
import madang.live.SocketProtocol;
import madang.live.UserFeed;
import madang.moderation.Moderation;
import madang.people.Acquaintance;
import madang.port.Bus;
import madang.port.Presence;
import org.jspecify.annotations.Nullable;

/// Builds chat and hangs it up: routes, socket methods, what it hears of itself.
public final class ChatFeature implements Feature {
    private static final String DEFAULT_ROOM = "general";
    private static final Duration ERASE = Duration.ofMinutes(1);
    private static final Duration FORGET = Duration.ofHours(1);

    /// What chat asks of the house. `writes` is a pool of its own, as large as there are writers.
    public record Needs(
            Db db,
            Db writes,
            Outbox outbox,
            Bus bus,
            Presence presence,
            LiveHub hub,
            SocketDoor door,
            SocketMethods methods,
            Identity identity,
            Blocks blocks,
            Files files,
            Uploads uploads,
            PublicWeb web,
            Json json,
            InstantSource clock,
            Ids ids) {}

    private final Needs needs;
    private final RoomWriter writer;
    private final ReadMarkers markers;
    private final RoomFeed feed;
    private final LinkPreviews previews;
    private final UserFeed users;
    private final PresenceCounts counts;
    private final Rooms rooms;
    private final Members members;
    private final Attachments attachments;
    private final Chat chat;
    private final Search search;
    private final Keys keys;
    private final RoomApi roomApi;
    private final MemberApi memberApi;
    private final MessageApi messageApi;
    private final MarkApi markApi;
    private final KeyApi keyApi;
    private final FileApi fileApi;
    private final SearchApi searchApi;
    private final Indexer indexer;
    private final ChatSocket socket;
    private final Hearing hearing;
    private final ChatEyes eyes;
    private final PersonalData data;

    public ChatFeature(ChatSettings settings, Needs needs) {
        this.needs = needs;
        RoomStore roomStore = new RoomStore();
        MemberStore memberStore = new MemberStore();
        BanStore banStore = new BanStore();
        MessageStore messages = new PostgresMessageStore(needs.db(), needs.writes(), needs.json());
        Viewer viewer = new Viewer(needs.identity());
        users = new UserFeed("chat:users", needs.bus(), needs.hub(), needs.json());
        feed = new RoomFeed(needs.bus(), needs.hub(), users, messages, viewer, needs.json());
        SearchIndex index = new SearchIndex(needs.db());
        indexer = new Indexer(index, feed);
        previews = new LinkPreviews(needs.web(), this::change, needs.json(), needs.clock());
        writer =
                new RoomWriter(
                        needs.writes(),
                        new Admissions(needs.writes(), memberStore, needs.blocks()),
                        messages,
                        needs.clock(),
                        settings.linkPreviews() ? indexer.and(previews) : indexer,
                        settings.writers());
        markers = new ReadMarkers(needs.db(), memberStore);
        counts = new PresenceCounts(needs.presence(), feed);
        rooms =
                new Rooms(
                        needs.db(),
                        roomStore,
                        memberStore,
                        messages,
                        index,
                        markers,
                        feed,
                        needs.identity(),
                        needs.clock(),
                        needs.ids());
        members =
                new Members(
                        needs.db(),
                        rooms,
                        roomStore,
                        memberStore,
                        banStore,
                        new Admissions(needs.db(), memberStore, needs.blocks()),
                        messages,
                        markers,
                        feed,
                        needs.identity(),
                        needs.clock());
        Bans bans =
                new Bans(
                        needs.db(),
                        roomStore,
                        memberStore,
                        banStore,
                        needs.identity(),
                        needs.clock());
        Mentions mentions =
                new Mentions(needs.db(), rooms, roomStore, memberStore, messages, needs.identity());
        keys = new Keys(needs.db(), rooms, needs.json(), needs.clock());
        attachments = new Attachments(rooms, messages, needs.files(), needs.json());
        chat =
                new Chat(
                        rooms,
                        members,
                        messages,
                        writer,
                        attachments,
                        markers,
                        feed,
                        users,
                        mentions,
                        keys,
                        needs.json(),
                        needs.clock(),
                        needs.ids());
        roomApi = new RoomApi(rooms, viewer);
        memberApi = new MemberApi(members, bans, viewer);
        Marks marks = new Marks(rooms, members, messages, writer, needs.clock());
        messageApi = new MessageApi(chat, viewer);
        markApi = new MarkApi(marks, mentions, viewer);
        keyApi = new KeyApi(keys);
        fileApi = new FileApi(members, chat, needs.files(), needs.uploads(), viewer);
        search =
                new Search(
                        needs.db(),
                        rooms,
                        roomStore,
                        new SearchWalk.Sources(needs.db(), new SearchStore(), messages));
        searchApi = new SearchApi(search, viewer);
        socket =
                new ChatSocket(
                        rooms,
                        members,
                        chat,
                        marks,
                        viewer,
                        feed,
                        needs.presence(),
                        counts,
                        needs.clock(),
                        needs.json());
        eyes = new ChatEyes(rooms, messages);
        data =
                new ChatData(
                        needs.db(),
                        messages,
                        writer,
                        attachments,
                        members,
                        new TraceStore(),
                        needs.clock());
        hearing = new Hearing(rooms, chat, feed, needs.presence(), socket);
        feed.onClose(socket::evict);
        needs.presence().onLost(socket::lost);
        socket.methods(needs.methods());
    }

    /// For who gives people their data or erases it.
    public PersonalData data() {
        return data;
    }

    /// How many there are of what, for administrators.
    public Map<String, Long> figures() {
        Instant yesterday = needs.clock().instant().minus(Duration.ofDays(1));
        return Map.of(
                "total_rooms", rooms.countOpened(), "messages_24_hours", chat.saidSince(yesterday));
    }

    public Rooms rooms() {
        return rooms;
    }

    public Members members() {
        return members;
    }

    public Keys keys() {
        return keys;
    }

    public Hearing hearing() {
        return hearing;
    }

    public Chat chat() {
        return chat;
    }

    public Search search() {
        return search;
    }

    @Override
    public void routes(Routes routes) {
        roomApi.routes(routes);
        memberApi.routes(routes);
        messageApi.routes(routes);
        markApi.routes(routes);
        keyApi.routes(routes);
        fileApi.routes(routes);
        searchApi.routes(routes);
        routes.get(
                        "/api/v1/chat/ws",
                        Access.PUBLIC,
                        Limit.API,
                        request -> needs.door().open(request, needs.methods()))
                .summary("Chat over many rooms on one WebSocket")
                .takes(SocketDoor.TICKET);
        routes.get(
                        "/api/v1/chat/sse",
                        Access.PUBLIC,
                        Limit.API,
                        request -> needs.door().stream(request, needs.methods()))
                .summary("The same where sockets are blocked: server-sent events")
                .takes(SocketDoor.TICKET);
        routes.post("/api/v1/chat/sse/{stream}", Access.USER, Limit.FRAMES, needs.door()::hear)
                .summary("Say a frame on an event stream, which brings its answer")
                .keyedByItself();
    }

    /// What is said in a channel, under its neighbour's own path: the newest first, and saying
    /// something. `room` finds the channel that a request means, or refuses it.
    public void messages(Routes routes, String path, Function<ApiRequest, Id<Room>> room) {
        messageApi.routes(routes, path, room);
    }

    /// A socket about one channel. It hears it from the start (`chat.opened`, with what changed
    /// after a place in its log), calls may leave `room` out, and may name no other.
    public SocketProtocol socketAbout(Id<Room> room, @Nullable Long after, SocketMethods methods) {
        return socket.aboutOne(room, after, methods);
    }

    /// People know each other who share a room.
    public Acquaintance acquaintance() {
        return members::sharing;
    }

    /// Lets people report what they see here.
    public void reportables(Moderation moderation) {
        eyes.lendTo(moderation);
    }

    /// Notices stand in the room's own log; they are appended when their fact is heard, under its
    /// number, so that hearing it twice tells it once.
    @Override
    public void listeners(Outbox outbox) {
        outbox.listen("chat.joined", MemberJoined.class, this::joined);
        outbox.listen(
                "chat.renamed",
                RoomRenamed.class,
                heard ->
                        chat.notice(
                                heard.fact().room(),
                                "room_renamed",
                                Map.of("name", heard.fact().name()),
                                key(heard)));
        outbox.listen(
                "chat.owner_changed",
                OwnerChanged.class,
                heard -> notice(heard.fact().room(), "owner_changed", heard.fact().user(), heard));
        outbox.listen(
                "chat.bot_ended", BotEnded.class, heard -> members.leaveAll(heard.fact().bot()));
        outbox.listen("chat.left", MemberLeft.class, this::left);
        outbox.listen("chat.banned", MemberBanned.class, this::banned);
        outbox.listen(
                "chat.deleted",
                RoomDeleted.class,
                heard -> feed.close(heard.fact().room(), null, "deleted"));
        outbox.listen(
                "chat.files",
                RoomDeleted.class,
                heard -> attachments.roomGone(heard.fact().room()));
        outbox.listen(
                "chat.hidden",
                RoomHidden.class,
                heard -> feed.close(heard.fact().room(), null, "private"));
    }

    /// All his sockets hear of a room that is new in his list, then the others hear that he came.
    private void joined(Outbox.Heard<MemberJoined> heard) {
        MemberJoined fact = heard.fact();
        if (rooms.tellsMembers(fact.room())) {
            users.tell(
                    List.of(fact.user()),
                    Hint.Kind.ROOM.method(),
                    new RoomFeed.LookAgain(fact.room(), fact.user()));
        }
        notice(fact.room(), "member_joined", fact.user(), heard);
    }

    /// First he hears no more, then the others hear why.
    private void left(Outbox.Heard<MemberLeft> heard) {
        MemberLeft fact = heard.fact();
        feed.close(fact.room(), fact.user(), fact.wasRemoved() ? "removed" : ChatSocket.LEFT);
        String code = fact.wasRemoved() ? "member_removed" : "member_left";
        notice(fact.room(), code, fact.user(), heard);
    }

    private void banned(Outbox.Heard<MemberBanned> heard) {
        MemberBanned fact = heard.fact();
        feed.close(fact.room(), fact.user(), "banned");
        if (fact.wasMember()) {
            notice(fact.room(), "member_banned", fact.user(), heard);
        }
    }

    /// Everybody is in the default room; who enters it is no news.
    private void notice(Id<Room> room, String code, Id<User> user, Outbox.Heard<?> heard) {
        if (rooms.tellsMembers(room)) {
            chat.notice(room, code, named(user), key(heard));
        }
    }

    private static String key(Outbox.Heard<?> heard) {
        return "fact:" + heard.id();
    }

    private void change(Id<Room> room, Id<Message> message, MessageStore.Change change) {
        writer.change(room, message, change);
    }

    /// Of who is gone nothing is told but that he went: his name would stay behind.
    private Map<String, String> named(Id<User> user) {
        @Nullable UserView known = needs.identity().people(List.of(user)).get(user);
        String name = known == null || !needs.identity().isHere(user) ? "" : known.nickname();
        return Map.of("user", user.toString(), "nickname", name);
    }

    @Override
    public void jobs(Jobs jobs) {
        jobs.every(ERASE, "chat-erase", rooms::eraseDeleted);
        jobs.every(FORGET, "chat-restraints", members::forgetRestraints);
    }

    @Override
    public void start() {
        rooms.makeDefaultRoom(DEFAULT_ROOM);
        users.start();
        writer.start();
        indexer.start();
        previews.start();
        markers.start();
        counts.start();
    }

    @Override
    public void stop() throws InterruptedException {
        counts.stop();
        previews.stop();
        writer.stop();
        indexer.stop();
        markers.stop();
    }
}
