package madang.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static madang.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import madang.kit.Ids;
import madang.kit.http.PublicWeb;
import madang.kit.json.Json;
import madang.testing.MovedClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The web is a stand-in here; that it reaches nobody inside: `PublicWebTest`.
class LinkPreviewsTest {
    private static final Json JSON = new Json();
    private static final String TEA = "https://tea.test/three";

    private final MovedClock clock = new MovedClock();
    private final Ids ids = new Ids(clock);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<MessageStore.Change.Preview> written = new CopyOnWriteArrayList<>();
    private @Nullable LinkPreviews previews;

    @AfterEach
    void stop() {
        if (previews != null) {
            previews.stop();
        }
    }

    @Test
    void what_stands_behind_a_link_is_written_down() {
        start(this::page);
        previews.stored(said("tea? " + TEA));
        eventually(() -> written.size() == 1);
        JsonNode shown = JSON.tree(written.getFirst().preview().getBytes(UTF_8));
        assertThat(shown.get("url").stringValue()).isEqualTo(TEA);
        assertThat(shown.get("title").stringValue()).isEqualTo("Tea at three");
        assertThat(shown.get("site").stringValue()).isEqualTo("tea.test");
        assertThat(shown.get("image_url").isNull()).isTrue();
        assertThat(written.getFirst().ofText()).isEqualTo("tea? " + TEA);
    }

    @Test
    void an_address_is_asked_once_for_all() {
        start(this::page);
        for (int i = 0; i < 20; i++) {
            previews.stored(said(i + " " + TEA));
        }
        eventually(() -> written.size() == 20);
        assertThat(asked).containsExactly(TEA);
    }

    @Test
    void an_address_that_tells_nothing_is_not_asked_again() {
        start(_ -> Optional.empty());
        previews.stored(said("https://silent.test"));
        previews.stored(said("https://silent.test"));
        previews.stored(said(TEA));
        eventually(() -> asked.contains(TEA));
        assertThat(asked).filteredOn("https://silent.test"::equals).hasSize(1);
        assertThat(written).isEmpty();
    }

    @Test
    void secrets_deletions_and_old_changes_are_left_alone() {
        start(this::page);
        Message plain = said("https://no.test");
        previews.stored(with(plain, Message.Kind.NOTICE, null, null, 1));
        previews.stored(with(plain, Message.Kind.TEXT, "{}", null, 1));
        previews.stored(with(plain, Message.Kind.TEXT, null, null, 7));
        previews.stored(with(plain, Message.Kind.TEXT, null, clock.instant().minusSeconds(60), 7));
        previews.stored(said("no link"));
        previews.stored(said(TEA));
        eventually(() -> written.size() == 1);
        assertThat(asked).containsExactly(TEA);
    }

    @Test
    void an_edit_is_looked_at_anew() {
        start(this::page);
        previews.stored(with(said(TEA), Message.Kind.TEXT, null, clock.instant(), 7));
        eventually(() -> written.size() == 1);
    }

    /// Whoever is slow to answer keeps nobody waiting but himself.
    @Test
    void a_web_that_hangs_holds_nobody_up() {
        CountDownLatch never = new CountDownLatch(1);
        start(url -> {
            hang(never);
            return page(url);
        });
        for (int i = 0; i < 1_000; i++) {
            previews.stored(said("https://slow" + i + ".test"));
        }
        never.countDown();
        eventually(() -> !written.isEmpty());
        assertThat(asked.size()).isLessThan(300);
    }

    @Test
    void a_web_that_breaks_is_passed_over() {
        start(url -> {
            if (url.contains("broken")) {
                throw new IllegalStateException("planted");
            }
            return page(url);
        });
        for (int i = 0; i < 10; i++) {
            previews.stored(said("https://broken" + i + ".test"));
        }
        previews.stored(said(TEA));
        eventually(() -> written.size() == 1);
    }

    private void start(Function<String, Optional<PublicWeb.Page>> web) {
        previews =
                new LinkPreviews(
                        url -> {
                            asked.add(url);
                            return web.apply(url);
                        },
                        (_, _, change) -> written.add((MessageStore.Change.Preview) change),
                        JSON,
                        clock);
        previews.start();
    }

    private Optional<PublicWeb.Page> page(String url) {
        return Optional.of(
                new PublicWeb.Page(
                        URI.create(url),
                        "text/html",
                        "<title>Tea at three</title>".getBytes(UTF_8)));
    }

    private Message said(String text) {
        return message(text, Message.Kind.TEXT, null, null, 1);
    }

    private Message with(
            Message message,
            Message.Kind kind,
            @Nullable String keys,
            @Nullable Instant edited,
            long changedSeq) {
        return message(message.text(), kind, keys, edited, changedSeq);
    }

    private Message message(
            String text,
            Message.Kind kind,
            @Nullable String keys,
            @Nullable Instant edited,
            long changedSeq) {
        return new Message(
                ids.next(),
                1,
                changedSeq,
                ids.next(),
                kind,
                ids.next(),
                text,
                null,
                "key",
                clock.instant(),
                edited,
                null,
                null,
                null,
                0,
                new Message.Extras(null, null, null, null, keys),
                null);
    }

    private static void hang(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
