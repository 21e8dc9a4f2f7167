package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Files and pictures go through the page.
@InBrowser
class FilesPageTest extends Neighbours {
    /// Drops a file of this name and these words on whatever lies in the middle of the page, or
    /// pastes it where the cursor is.
    private static final String BRING =
            """
            const [kind, name, words] = arguments;
            const brought = new DataTransfer();
            brought.items.add(new File([words], name, { type: 'text/plain' }));
            const deepest = (root, next) => { const found = next(root); return found?.shadowRoot ? deepest(found.shadowRoot, next) : found; };
            if (kind === 'paste') {
              deepest(document, (root) => root.activeElement).dispatchEvent(new ClipboardEvent('paste', { clipboardData: brought, bubbles: true, composed: true, cancelable: true }));
            } else {
              const target = document.querySelector('m-app').shadowRoot.querySelector('chat-page').shadowRoot.querySelector('chat-room-view').shadowRoot.querySelector('chat-timeline');
              for (const type of ['dragover', 'drop']) target.dispatchEvent(new DragEvent(type, { dataTransfer: brought, bubbles: true, composed: true, cancelable: true }));
            }
            """;

    /// How every access token begins: `{"` in base64.
    private static final String SIGNED = "eyJ";

    /// Some of it, and not all.
    private static final Pattern SHARE = Pattern.compile("[1-9]\\d?%");

    @TempDir static Path folder;

    @Test
    void a_picture_is_seen_by_the_others_and_no_address_carries_a_token() throws IOException {
        String garden = scene.room("정원", mina, joon);
        try (Visitor host = Visitor.enters(mina, garden);
                Visitor guest = Visitor.enters(joon, garden)) {
            host.window().hands(picture("귤나무.png"));
            host.window().sees("귤나무.png");
            host.writes("올해 첫 귤이에요").window().keys(Keys.ENTER);
            guest.hears("올해 첫 귤이에요");
            guest.window().waitUntil("the picture", () -> isDrawn(guest.window()));
            guest.window().press("귤나무.png 크게 보기");
            guest.window().find("heading", "귤나무.png");
            guest.window().keys(Keys.ESCAPE);
            guest.window().button("귤나무.png 크게 보기");
            assertThat(guest.window().asked())
                    .noneMatch(address -> address.toString().contains(SIGNED));
        }
    }

    @Test
    void an_answer_with_a_file_keeps_what_it_answers() throws IOException {
        String shed = scene.room("곳간", mina, joon);
        scene.says(joon, shed, "올해 귤은 어때요?");
        try (Visitor host = Visitor.enters(mina, shed)) {
            host.does("답장", "올해 귤은 어때요?");
            host.window().hands(picture("귤.png"));
            host.window().sees("귤.png");
            host.writes("이래요").window().keys(Keys.ENTER);
            host.hears("이래요");
            host.window().waitUntil("stored", () -> Scene.heard(joon.http(), shed).contains("이래요"));
        }
        assertThat(
                        Scene.done(joon.http().get("/api/v1/chat/messages?limit=1&room=" + shed))
                                .data()
                                .at("/items/0/reply_to/text")
                                .asString())
                .isEqualTo("올해 귤은 어때요?");
    }

    @Test
    void files_beyond_ten_are_told() throws IOException {
        String barn = scene.room("외양간", mina);
        Path[] files = new Path[11];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.writeString(folder.resolve("쪽지 " + i + ".txt"), "귤");
        }
        try (Visitor host = Visitor.enters(mina, barn)) {
            host.window().hands(files).sees("10개까지 보낼 수 있어요");
            host.window().sees("쪽지 9.txt");
            assertThat(host.window().count("쪽지 10.txt")).isZero();
        }
    }

    @Test
    void a_file_is_dropped_pasted_and_kept_by_the_others() {
        String hall = scene.room("마루", mina, joon);
        try (Visitor host = Visitor.enters(mina, hall);
                Visitor guest = Visitor.enters(joon, hall)) {
            guest.window().keepsFilesIn(folder);
            host.window().run(BRING, "drop", "당번표.txt", "월 미나, 화 준");
            host.window().sees("당번표.txt");
            host.composer().press();
            host.window().run(BRING, "paste", "빼 주세요.txt", "아니에요");
            host.window().press("빼 주세요.txt 빼기");
            host.window().seesNoMore("빼 주세요.txt");
            host.composer().press();
            host.window().keys(Keys.ENTER);
            guest.hears("당번표.txt");
            guest.window().press("내려받기");
            Path kept = folder.resolve("당번표.txt");
            guest.window()
                    .waitUntil(
                            "the file",
                            () -> Files.exists(kept) && words(kept).equals("월 미나, 화 준"));
        }
    }

    @Test
    void what_goes_up_tells_how_far_it_is_and_can_be_given_up() throws IOException {
        String well = scene.room("우물", mina);
        Path large = folder.resolve("긴 이야기.txt");
        Files.writeString(large, "옛날 옛적에 ".repeat(40_000));
        try (Visitor host = Visitor.enters(mina, well)) {
            host.window().slowsDown(20_000);
            host.window().hands(large).sees("긴 이야기.txt");
            host.composer().press();
            host.window().keys(Keys.ENTER);
            host.window().find("progressbar", "긴 이야기.txt 올리는 중");
            host.window()
                    .waitUntil(
                            "a share of it",
                            () ->
                                    host.window().texts().stream()
                                            .anyMatch(SHARE.asMatchPredicate()));
            host.window().press("취소");
            host.window().seesNoMore("긴 이야기.txt");
            host.window().goesOffline(false);
            host.says("그만둘게요");
            assertThat(Scene.heard(mina.http(), well)).containsExactly("그만둘게요");
        }
    }

    @Test
    void what_is_refused_says_why_and_can_be_discarded() throws IOException {
        String barn = scene.room("헛간", mina);
        Path disguised = folder.resolve("그림인 척.png");
        Files.writeString(disguised, "MZ this is no picture");
        try (Visitor host = Visitor.enters(mina, barn)) {
            host.window().forgives("/files").hands(disguised).sees("그림인 척.png");
            host.composer().press();
            host.window().keys(Keys.ENTER).button("다시 보내기");
            host.window().press("지우기");
            host.window().seesNoMore("그림인 척.png");
        }
    }

    private static String words(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static boolean isDrawn(Window window) {
        String drawn =
                """
                const find = (root) => { for (const element of root.querySelectorAll('*')) { if (element.localName === 'img' && element.src.startsWith('blob:') && element.naturalWidth > 0) return true; if (element.shadowRoot && find(element.shadowRoot)) return true; } return false; };
                return find(document);
                """;
        return Boolean.TRUE.equals(window.run(drawn));
    }

    private static Path picture(String name) throws IOException {
        BufferedImage tree = new BufferedImage(640, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = tree.createGraphics();
        for (Map.Entry<Color, List<Integer>> shape :
                Map.of(
                                new Color(0x88, 0xb0, 0x70),
                                List.of(120, 40, 400, 320),
                                new Color(0xf0, 0x90, 0x30),
                                List.of(260, 160, 80, 80))
                        .entrySet()) {
            List<Integer> box = shape.getValue();
            brush.setColor(shape.getKey());
            brush.fillOval(box.get(0), box.get(1), box.get(2), box.get(3));
        }
        brush.dispose();
        Path file = folder.resolve(name);
        ImageIO.write(tree, "png", file.toFile());
        return file;
    }
}
