package madang.dialect.woongkie;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import madang.chat.Chat;
import madang.chat.EditMessage;
import madang.chat.Message;
import madang.chat.Room;
import madang.chat.Search;
import madang.chat.SendMessage;
import madang.dialect.woongkie.Views.DoneJson;
import madang.dialect.woongkie.Views.MessageJson;
import madang.dialect.woongkie.Views.MessagesJson;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Param;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// What was said, and what becomes of it.
final class MessageApi {
    static final int MAX_CODE_POINTS = 2_000;
    private static final Param<String> BEFORE = Param.text("before");
    private static final Param<String> AFTER = Param.text("after");
    private static final Param<String> LIMIT = Param.text("limit");
    private static final Param<String> WORDS = Param.text("q");
    private static final int MAX_WORDS = 100;
    private static final int USUAL_PAGE = 50;
    private static final int LARGEST_PAGE = 100;
    private static final int MOST_AFTER = 200;

    record Said(@Nullable String message) {}

    record FoundJson(List<MessageJson> messages) {}

    private final Chat chat;
    private final Search search;
    private final History history;
    private final Entrance entrance;
    private final Translator translator;
    private final Words words;
    private final Figures figures;

    MessageApi(
            Chat chat,
            Search search,
            History history,
            Entrance entrance,
            Translator translator,
            Words words,
            Figures figures) {
        this.chat = chat;
        this.search = search;
        this.history = history;
        this.entrance = entrance;
        this.translator = translator;
        this.words = words;
        this.figures = figures;
    }

    void routes(Routes everywhere, Routes own) {
        everywhere
                .get("/rooms/{room}/messages", Access.USER, WoongkieFace.GENERAL, this::list)
                .summary("History: the newest, or what is before or after a time or a message")
                .takes(BEFORE, AFTER, LIMIT)
                .answers(200, MessagesJson.class);
        everywhere
                .put(
                        "/rooms/{room}/messages/{message}",
                        Access.USER,
                        WoongkieFace.GENERAL,
                        Said.class,
                        this::edit)
                .summary("Edit a message of mine, within five minutes")
                .answers(200, MessageJson.class);
        everywhere
                .delete(
                        "/rooms/{room}/messages/{message}",
                        Access.USER,
                        WoongkieFace.GENERAL,
                        this::delete)
                .summary("Delete a message of mine")
                .answers(200, DoneJson.class);
        everywhere
                .post(
                        "/rooms/{room}/messages/{message}/reply",
                        Access.USER,
                        WoongkieFace.GENERAL,
                        Said.class,
                        this::reply)
                .summary("Answer a message")
                .answers(201, MessageJson.class);
        own.get("/rooms/{room}/messages/search", Access.USER, WoongkieFace.GENERAL, this::search)
                .summary("The newest messages that contain these words or parts of words")
                .takes(WORDS)
                .answers(200, FoundJson.class);
    }

    private ApiResponse list(ApiRequest request) {
        Room room = entrance.room(request);
        Caller caller = request.caller();
        int limit = limit(request.get(LIMIT));
        @Nullable String after = request.get(AFTER);
        if (after != null && !after.isEmpty()) {
            History.Cut cut =
                    history.after(
                            caller, room.id(), place(caller, room.id(), after, true), MOST_AFTER);
            return answer(new History.Cut(cut.messages(), false));
        }
        @Nullable String before = request.get(BEFORE);
        long place =
                before == null || before.isEmpty()
                        ? Long.MAX_VALUE
                        : place(caller, room.id(), before, false);
        return answer(history.before(caller, room.id(), place, limit));
    }

    private ApiResponse answer(History.Cut cut) {
        return ApiResponse.ok(new MessagesJson(translator.messages(cut.messages()), cut.hasMore()));
    }

    private ApiResponse search(ApiRequest request) {
        Room room = entrance.room(request);
        @Nullable String words = request.get(WORDS);
        if (words == null
                || words.isBlank()
                || words.codePointCount(0, words.length()) > MAX_WORDS) {
            throw Words.no("search_form");
        }
        List<Message> found =
                search.in(request.caller(), room.id(), words, null, USUAL_PAGE).items();
        return ApiResponse.ok(new FoundJson(translator.messages(found)));
    }

    /// A cursor is a message or a time. What is before a time is before the first message at or
    /// after it; what is after a time, after the last message at or before it.
    private long place(Caller caller, Id<Room> room, String cursor, boolean isAfter) {
        Id<Message> id = Id.parse(cursor);
        if (id != null) {
            try {
                return chat.message(caller, room, id).seq();
            } catch (Failure unknown) {
                throw unknown.kind() == Failure.Kind.NOT_FOUND ? Words.no("time_form") : unknown;
            }
        }
        Instant time = time(cursor);
        return isAfter
                ? chat.lastBefore(caller, room, time.plusNanos(1_000))
                : chat.lastBefore(caller, room, time) + 1;
    }

    /// A `+` of an offset comes as a blank from clients that did not escape it.
    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException malformed) {
            throw Words.no("time_form");
        }
    }

    /// Out of range is the usual page.
    private static int limit(@Nullable String text) {
        if (text == null || !text.matches("[0-9]{1,3}")) {
            return USUAL_PAGE;
        }
        int limit = Integer.parseInt(text);
        return limit < 1 || limit > LARGEST_PAGE ? USUAL_PAGE : limit;
    }

    /// To edit is to speak: an author who has left a public room comes in by it.
    private ApiResponse edit(ApiRequest request, Said command) {
        Room room = entrance.room(request);
        Caller caller = request.caller();
        EditMessage edit = new EditMessage(text(command));
        Message message = own(request, room, "may_not_edit");
        Message edited =
                Words.orForbidden(
                        "may_not_edit",
                        () ->
                                entrance.speaking(
                                        caller,
                                        room.id(),
                                        () -> chat.edit(caller, room.id(), message.id(), edit)));
        return ApiResponse.ok(translator.message(edited));
    }

    /// The message of the path, which only its author may change.
    private Message own(ApiRequest request, Room room, String refusal) {
        Message message = chat.message(request.caller(), room.id(), id(request));
        if (!request.caller().user().equals(message.author())) {
            throw Words.no(refusal);
        }
        return message;
    }

    private ApiResponse delete(ApiRequest request) {
        Room room = entrance.room(request);
        Message message = own(request, room, "may_not_delete");
        if (message.deletedAt() != null) {
            throw Failure.conflict("CHAT_MESSAGE_DELETED");
        }
        chat.remove(request.caller(), room.id(), message.id());
        return ApiResponse.ok(new DoneJson(words.say("done.message_deleted")));
    }

    private ApiResponse reply(ApiRequest request, Said command) {
        Room room = entrance.room(request);
        Caller caller = request.caller();
        String text = text(command);
        Message parent = parent(request, room);
        Chat.Sent sent =
                entrance.speaking(
                        caller,
                        room.id(),
                        () ->
                                chat.send(
                                        caller,
                                        room.id(),
                                        new SendMessage(text, null, parent.id(), null, null)));
        figures.said();
        return ApiResponse.created(translator.message(sent.message()));
    }

    private Message parent(ApiRequest request, Room room) {
        Message parent;
        try {
            parent = chat.message(request.caller(), room.id(), id(request));
        } catch (Failure unknown) {
            throw unknown.kind() == Failure.Kind.NOT_FOUND ? Words.no("reply_to_unknown") : unknown;
        }
        if (parent.deletedAt() != null) {
            throw Words.no("reply_to_deleted");
        }
        return parent;
    }

    private static Id<Message> id(ApiRequest request) {
        return request.id("message", "CHAT_MESSAGE_NOT_FOUND");
    }

    static String text(Said command) {
        @Nullable String text = command.message();
        if (text == null
                || text.isBlank()
                || text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            throw Words.no("message_form");
        }
        return text;
    }
}
