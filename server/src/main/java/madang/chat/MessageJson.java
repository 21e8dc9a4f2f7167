package madang.chat;

import java.time.Instant;
import madang.chat.ChatViews.AuthorView;
import madang.chat.ChatViews.MessageView;
import madang.kit.json.Timestamps;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/// Writes a message member by member: what the general way of records writes, in half its time. Of
/// everything that a page of history costs this was the largest part that is ours
/// (docs/performance.md).
final class MessageJson extends ValueSerializer<MessageView> {
    private static final SerializableString ID = name("id");
    private static final SerializableString ROOM = name("room");
    private static final SerializableString SEQ = name("seq");
    private static final SerializableString CHANGED_SEQ = name("changed_seq");
    private static final SerializableString KIND = name("kind");
    private static final SerializableString AUTHOR = name("author");
    private static final SerializableString TEXT = name("text");
    private static final SerializableString REPLY_TO = name("reply_to");
    private static final SerializableString NOTICE = name("notice");
    private static final SerializableString CLIENT_KEY = name("client_key");
    private static final SerializableString CREATED_AT = name("created_at");
    private static final SerializableString EDITED_AT = name("edited_at");
    private static final SerializableString DELETED_AT = name("deleted_at");
    private static final SerializableString PINNED_AT = name("pinned_at");
    private static final SerializableString THREAD = name("thread");
    private static final SerializableString REPLIES = name("replies");
    private static final SerializableString MENTIONS = name("mentions");
    private static final SerializableString REACTIONS = name("reactions");
    private static final SerializableString FILE = name("file");
    private static final SerializableString PREVIEW = name("preview");
    private static final SerializableString ENCRYPTED_KEYS = name("encrypted_keys");

    @Override
    public void serialize(MessageView message, JsonGenerator out, SerializationContext context) {
        out.writeStartObject();
        text(out, ID, message.id().toString());
        text(out, ROOM, message.room().toString());
        number(out, SEQ, message.seq());
        number(out, CHANGED_SEQ, message.changedSeq());
        text(out, KIND, message.kind().toString());
        author(out, message.author(), context);
        text(out, TEXT, message.text());
        quote(out, message, context);
        raw(out, NOTICE, message.notice());
        text(out, CLIENT_KEY, message.clientKey());
        time(out, CREATED_AT, message.createdAt());
        time(out, EDITED_AT, message.editedAt());
        time(out, DELETED_AT, message.deletedAt());
        time(out, PINNED_AT, message.pinnedAt());
        text(out, THREAD, message.thread() == null ? null : message.thread().toString());
        number(out, REPLIES, message.replies());
        raw(out, MENTIONS, message.mentions());
        raw(out, REACTIONS, message.reactions());
        raw(out, FILE, message.file());
        raw(out, PREVIEW, message.preview());
        raw(out, ENCRYPTED_KEYS, message.encryptedKeys());
        out.writeEndObject();
    }

    private static void author(
            JsonGenerator out, @Nullable AuthorView author, SerializationContext context) {
        out.writeName(AUTHOR);
        context.writeValue(out, author);
    }

    private static void quote(
            JsonGenerator out, MessageView message, SerializationContext context) {
        out.writeName(REPLY_TO);
        context.writeValue(out, message.replyTo());
    }

    private static void number(JsonGenerator out, SerializableString name, long value) {
        out.writeName(name);
        out.writeNumber(value);
    }

    private static void text(JsonGenerator out, SerializableString name, @Nullable String value) {
        out.writeName(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value);
        }
    }

    private static void time(JsonGenerator out, SerializableString name, @Nullable Instant value) {
        text(out, name, value == null ? null : Timestamps.format(value));
    }

    private static void raw(JsonGenerator out, SerializableString name, @Nullable String json) {
        out.writeName(name);
        if (json == null) {
            out.writeNull();
        } else {
            out.writeRawValue(json);
        }
    }

    private static SerializableString name(String text) {
        return new SerializedString(text);
    }
}
