package madang.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.http.PublicWeb;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks behind the first link of what was said, after it was said: nobody waits for it, and a link
/// that tells nothing, or a queue that is full, is passed over in silence. An address is asked once
/// for all who name it within some minutes.
final class LinkPreviews implements RoomWriter.Listener {
    private static final Logger log = LoggerFactory.getLogger(LinkPreviews.class);
    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");
    private static final int LOOKERS = 4;
    private static final int MAX_WAITING = 256;
    private static final int MAX_KNOWN = 2_000;
    private static final Duration JUST_NOW = Duration.ofSeconds(10);
    private static final Duration KNOWN_FOR = Duration.ofMinutes(10);

    /// Where a preview is written down: the room's writer.
    interface Change {
        void apply(Id<Room> room, Id<Message> message, MessageStore.Change change);
    }

    private record Link(Id<Room> room, Id<Message> message, String text, String url) {}

    private final Function<String, Optional<PublicWeb.Page>> web;
    private final Change writer;
    private final Json json;
    private final InstantSource clock;
    private final BlockingQueue<Link> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final List<Thread> lookers = new ArrayList<>();
    private final Cache<String, Optional<LinkPreview>> known =
            Caffeine.newBuilder()
                    .maximumSize(MAX_KNOWN)
                    .expireAfterWrite(KNOWN_FOR)
                    .executor(Runnable::run)
                    .build();

    LinkPreviews(PublicWeb web, Change writer, Json json, InstantSource clock) {
        this(url -> web.fetch(url, PAGES), writer, json, clock);
    }

    LinkPreviews(
            Function<String, Optional<PublicWeb.Page>> web,
            Change writer,
            Json json,
            InstantSource clock) {
        this.web = web;
        this.writer = writer;
        this.json = json;
        this.clock = clock;
    }

    void start() {
        for (int i = 0; i < LOOKERS; i++) {
            lookers.add(Thread.ofVirtual().name("link-previews-" + i).start(this::look));
        }
    }

    void stop() {
        lookers.forEach(Thread::interrupt);
    }

    /// Called by the room's writer, which must not wait.
    @Override
    public void stored(Message message) {
        @Nullable String text = message.text();
        if (text != null && isNewText(message)) {
            LinkPreview.linkIn(text)
                    .map(url -> new Link(message.room(), message.id(), text, url))
                    .ifPresent(waiting::offer);
        }
    }

    /// What could not be told is not looked behind either.
    @Override
    public void maybeStored(Id<Room> room) {}

    /// Its birth, or an edit of just now: reactions and pins change no link.
    private boolean isNewText(Message message) {
        Message.Extras extras = message.extras();
        boolean isPlain =
                message.kind() == Message.Kind.TEXT
                        && extras.encryptedKeys() == null
                        && extras.preview() == null;
        return isPlain && (message.seq() == message.changedSeq() || isJustEdited(message));
    }

    private boolean isJustEdited(Message message) {
        @Nullable Instant edited = message.editedAt();
        return edited != null && edited.isAfter(clock.instant().minus(JUST_NOW));
    }

    private void look() {
        try {
            while (true) {
                lookBehind(waiting.take());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookBehind(Link link) {
        try {
            known.get(link.url(), this::found).ifPresent(preview -> write(link, preview));
        } catch (Failure refused) {
            log.debug("a preview comes too late", refused);
        } catch (RuntimeException broken) {
            log.warn("a link cannot be previewed", broken);
        }
    }

    private Optional<LinkPreview> found(String url) {
        return web.apply(url).flatMap(page -> LinkPreview.of(url, page));
    }

    private void write(Link link, LinkPreview preview) {
        String shown = new String(json.write(preview), StandardCharsets.UTF_8);
        writer.apply(
                link.room(), link.message(), new MessageStore.Change.Preview(shown, link.text()));
    }
}
