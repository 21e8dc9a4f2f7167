package madang.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import madang.kit.json.Json;
import madang.testing.House;
import madang.testing.Person;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.FluentWait;
import tools.jackson.databind.JsonNode;

/// One window on the pages of a house, used as its reader uses it: things are found by the role and
/// the name that the browser tells a screen reader, through every shadow root; pointer and keys are
/// the browser's own input.
///
/// Whatever a test looks at, a window that closes has also seen that no script failed, that nothing
/// hurt the content policy, and that nothing was asked of another host.
final class Window implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration GLANCE = Duration.ofMillis(40);
    private static final Json JSON = new Json();
    private static final String BLOCKED_SOCKET =
            """
            globalThis.WebSocket = class {
              constructor() {
                setTimeout(() => this.onclose?.({ code: 1006 }));
              }
              close() {}
            };
            """;

    /// By an address alone no passkey can be made.
    private static final String NAME = "localhost";

    /// The first field for files, through every shadow root.
    private static final String FILE_FIELD =
            """
            (function find(root) {
              for (const element of root.querySelectorAll('*')) {
                if (element.matches('input[type=file]')) return element;
                const inside = element.shadowRoot && find(element.shadowRoot);
                if (inside) return inside;
              }
              return null;
            })(document)
            """;

    private final ChromeDriver chromium;
    private final String house;
    private final Look look;
    private final List<String> forgiven = new ArrayList<>();
    private final List<JsonNode> traffic = new ArrayList<>();
    private @Nullable String blocker;

    Window(ChromeDriver chromium, House house, Look look) {
        this.chromium = chromium;
        this.house = house.url().replace("127.0.0.1", NAME);
        this.look = look;
        dress();
        // What the browser did before it was ours.
        chromium.manage().logs().get(LogType.BROWSER);
        chromium.manage().logs().get(LogType.PERFORMANCE);
    }

    Window goTo(String path) {
        chromium.get(house + path);
        return this;
    }

    /// Comes in as somebody who signed in here before: with the cookie alone.
    Window enterAs(Person person, String path) {
        cdp(
                "Network.setCookie",
                Map.of(
                        "name",
                        "madang_refresh",
                        "value",
                        person.refreshToken(),
                        "url",
                        house + "/api/v1/auth",
                        "path",
                        "/api/v1/auth",
                        "httpOnly",
                        true,
                        "sameSite",
                        "Strict"));
        return goTo(path);
    }

    void reload() {
        chromium.navigate().refresh();
    }

    String path() {
        return URI.create(chromium.getCurrentUrl()).getPath();
    }

    String title() {
        return chromium.getTitle();
    }

    /// The text, once it stands on the page.
    Thing sees(String text) {
        return wait(
                "text " + text, () -> texts(name -> name.contains(text)).findFirst().orElse(null));
    }

    /// Waits until the text is gone.
    void seesNoMore(String text) {
        waitUntil("no text " + text, () -> count(text) == 0);
    }

    /// How many times the text stands on the page now.
    long count(String text) {
        return texts(name -> name.contains(text)).count();
    }

    /// Everything that can be read on the page now.
    List<String> texts() {
        return texts(_ -> true).map(Thing::name).toList();
    }

    Thing button(String name) {
        return find("button", name);
    }

    Thing field(String name) {
        return find("textbox", name);
    }

    /// Of the things of this role whose name holds these words the one with the shortest name, once
    /// there is one.
    Thing find(String role, String name) {
        return wait(
                role + " " + name,
                () ->
                        all(role, name)
                                .min(Comparator.comparingInt(thing -> thing.name().length()))
                                .orElse(null));
    }

    /// A field of the dialog that stands before everything else: its names may be the page's too.
    Thing dialogField(String name) {
        return inDialog("textbox", name);
    }

    /// Presses what answers the dialog that stands before everything else.
    void answersDialog(String button) {
        inDialog("button", button).press();
    }

    private Thing inDialog(String role, String name) {
        return wait(
                role + " " + name + " of the dialog",
                () ->
                        all("dialog")
                                .flatMap(dialog -> dialog.inside(role))
                                .filter(thing -> thing.name().equals(name))
                                .findFirst()
                                .orElse(null));
    }

    boolean has(String role, String name) {
        return all(role, name).findAny().isPresent();
    }

    private Stream<Thing> all(String role, String name) {
        return all(role).filter(thing -> thing.name().contains(name));
    }

    Stream<Thing> all(String role) {
        return query(document(), Map.of("role", role));
    }

    /// The names of everything that a screen reader would say.
    List<String> names() {
        return query(document(), Map.of())
                .map(Thing::name)
                .filter(name -> !name.isBlank())
                .distinct()
                .toList();
    }

    /// Goes on with Tab until this has the focus.
    Window tabsTo(String role, String name) {
        for (int steps = 0; steps < 60; steps++) {
            if (all(role, name).anyMatch(Thing::isFocused)) {
                return this;
            }
            keys(Keys.TAB);
        }
        throw new AssertionError("Tab never comes to " + role + " " + name);
    }

    void press(String button) {
        button(button).press();
    }

    /// Writes as a keyboard of any language does, emoji included.
    Window types(String text) {
        cdp("Input.insertText", Map.of("text", text));
        return this;
    }

    /// Writes a syllable that is not finished yet, as a Korean keyboard does.
    Window composes(String text) {
        cdp(
                "Input.imeSetComposition",
                Map.of(
                        "text",
                        text,
                        "selectionStart",
                        text.length(),
                        "selectionEnd",
                        text.length()));
        return this;
    }

    /// Presses keys of `org.openqa.selenium.Keys`, one after the other.
    Window keys(CharSequence... keys) {
        new Actions(chromium, Duration.ZERO).sendKeys(keys).perform();
        return this;
    }

    /// Presses a key while another one is held down.
    Window keysWith(CharSequence held, CharSequence key) {
        new Actions(chromium, Duration.ZERO).keyDown(held).sendKeys(key).keyUp(held).perform();
        return this;
    }

    /// Turns the wheel in the middle of the page, down for more than nothing.
    void wheel(int pixels) {
        cdp(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        "mouseWheel",
                        "x",
                        look.width() / 2,
                        "y",
                        look.height() / 2,
                        "deltaX",
                        0,
                        "deltaY",
                        pixels));
    }

    int height() {
        return look.height();
    }

    /// The answer of a function body that is run in the page.
    Object run(String script, Object... arguments) {
        return chromium.executeScript(script, arguments);
    }

    /// Gives files to the field that waits for them, as the browser's own dialog does.
    Window hands(Path... files) {
        Map<String, Object> field =
                map(cdp("Runtime.evaluate", Map.of("expression", FILE_FIELD)).get("result"));
        List<String> paths =
                Stream.of(files).map(file -> file.toAbsolutePath().toString()).toList();
        cdp(
                "DOM.setFileInputFiles",
                Map.of("files", paths, "objectId", field.getOrDefault("objectId", "")));
        return this;
    }

    /// What this window loads down lies in the folder.
    Window keepsFilesIn(Path folder) {
        cdp(
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", folder.toString()));
        return this;
    }

    /// Lets this window send no more than so many bytes a second.
    void slowsDown(int bytesPerSecond) {
        network(false, bytesPerSecond);
    }

    /// The network of this window only.
    void goesOffline(boolean isOffline) {
        network(isOffline, -1);
    }

    private void network(boolean isOffline, int uploadThroughput) {
        cdp(
                "Network.emulateNetworkConditions",
                Map.of(
                        "offline",
                        isOffline,
                        "latency",
                        0,
                        "downloadThroughput",
                        -1,
                        "uploadThroughput",
                        uploadThroughput));
    }

    /// Gives this window's device a keeper of passkeys, whose owner is always there and says yes.
    Window keepsPasskeys() {
        cdp("WebAuthn.enable", Map.of());
        cdp(
                "WebAuthn.addVirtualAuthenticator",
                Map.of(
                        "options",
                        Map.of(
                                "protocol",
                                "ctap2",
                                "transport",
                                "internal",
                                "hasResidentKey",
                                true,
                                "hasUserVerification",
                                true,
                                "isUserVerified",
                                true,
                                "automaticPresenceSimulation",
                                true)));
        return this;
    }

    /// From the next page on no WebSocket of this window gets through, as behind some proxies.
    Window blocksSockets() {
        cdp("Page.enable", Map.of());
        blocker =
                (String)
                        cdp(
                                        "Page.addScriptToEvaluateOnNewDocument",
                                        Map.of("source", BLOCKED_SOCKET))
                                .get("identifier");
        return this;
    }

    /// Complaints with these words are what the test is about.
    Window forgives(String words) {
        forgiven.add(words);
        return this;
    }

    void waitUntil(String what, BooleanSupplier isSo) {
        wait(what, () -> isSo.getAsBoolean() ? what : null);
    }

    private <T> T wait(String what, Supplier<@Nullable T> look) {
        try {
            return new FluentWait<>(this)
                    .withTimeout(PATIENCE)
                    .pollingEvery(GLANCE)
                    // A page that is being left has nothing to be read for a moment.
                    .ignoring(WebDriverException.class)
                    .until(_ -> look.get());
        } catch (TimeoutException inVain) {
            throw new AssertionError(
                    "waited in vain for %s at %s; to be read is %s; %s"
                            .formatted(what, path(), texts(), complaints()),
                    inVain);
        }
    }

    private Stream<Thing> texts(Predicate<String> isWanted) {
        return all("StaticText").filter(thing -> isWanted.test(thing.name()));
    }

    private Map<String, Object> document() {
        return Map.of(
                "objectId",
                map(cdp("Runtime.evaluate", Map.of("expression", "document")).get("result"))
                        .getOrDefault("objectId", ""));
    }

    /// The browser's own accessibility tree below a place, as far as a reader perceives it.
    Stream<Thing> query(Map<String, Object> place, Map<String, Object> wanted) {
        Map<String, Object> asked = new LinkedHashMap<>(wanted);
        asked.putAll(place);
        List<?> nodes = (List<?>) cdp("Accessibility.queryAXTree", asked).get("nodes");
        return nodes.stream()
                .map(Window::map)
                .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
                .filter(node -> node.containsKey("backendDOMNodeId"))
                .map(node -> Thing.of(this, node));
    }

    Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return chromium.executeCdpCommand(command, parameters);
    }

    @SuppressWarnings("unchecked") // so is every object of the protocol
    static Map<String, Object> map(@Nullable Object node) {
        return node == null ? Map.of() : (Map<String, Object>) node;
    }

    /// What failed in the page since it was opened, in the browser's words. A guest's first
    /// question whether there is a session is answered with 401, which a browser notes as a
    /// failure.
    List<String> complaints() {
        return chromium.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(text -> !text.contains("/api/v1/auth/refresh") || !text.contains("401"))
                .filter(text -> forgiven.stream().noneMatch(text::contains))
                .toList();
    }

    /// Every address that was asked since the window was opened.
    List<URI> asked() {
        return traffic().flatMap(Window::address).map(URI::create).toList();
    }

    /// What the sockets of this window were answered: 101 over HTTP/1.1, 200 over HTTP/2.
    List<Integer> handshakes() {
        return traffic()
                .filter(event ->
                        event.path("method")
                                .asString()
                                .equals("Network.webSocketHandshakeResponseReceived"))
                .map(event -> event.path("params").path("response").path("status").asInt())
                .toList();
    }

    private Stream<JsonNode> traffic() {
        chromium.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> JSON.tree(entry.getMessage().getBytes(StandardCharsets.UTF_8)))
                .map(event -> event.get("message"))
                .forEach(traffic::add);
        return traffic.stream();
    }

    private static Stream<String> address(JsonNode event) {
        return switch (event.path("method").asString()) {
            case "Network.requestWillBeSent" ->
                    Stream.of(event.path("params").path("request").path("url").asString());
            case "Network.webSocketCreated" ->
                    Stream.of(event.path("params").path("url").asString());
            default -> Stream.empty();
        };
    }

    List<URI> askedOfOthers() {
        return asked().stream()
                .filter(address ->
                        List.of("http", "https", "ws", "wss").contains(address.getScheme()))
                .filter(address -> !house.endsWith("//" + address.getAuthority()))
                .toList();
    }

    void picture(Path file) {
        Object png = cdp("Page.captureScreenshot", Map.of("format", "png")).get("data");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode((String) png));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private void dress() {
        String agent = (String) chromium.executeScript("return navigator.userAgent");
        cdp(
                "Network.setUserAgentOverride",
                Map.of("userAgent", agent, "acceptLanguage", look.languages()));
        cdp("Emulation.setLocaleOverride", Map.of("locale", look.language()));
        cdp("Emulation.setTimezoneOverride", Map.of("timezoneId", "Asia/Seoul"));
        cdp("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
        cdp(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of(
                                        "name",
                                        "prefers-color-scheme",
                                        "value",
                                        look.isDark() ? "dark" : "light"),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        cdp("Emulation.setTouchEmulationEnabled", Map.of("enabled", look.isPhone()));
        cdp(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", look.width(),
                        "height", look.height(),
                        "deviceScaleFactor", look.sharpness(),
                        "mobile", look.isPhone()));
    }

    @Override
    public void close() {
        List<String> complaints = complaints();
        List<URI> elsewhere = askedOfOthers();
        cdp("Emulation.setLocaleOverride", Map.of());
        if (blocker != null) {
            cdp("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", blocker));
        }
        cdp("Storage.clearDataForOrigin", Map.of("origin", house, "storageTypes", "all"));
        cdp("Network.clearBrowserCookies", Map.of());
        cdp("WebAuthn.disable", Map.of());
        cdp("Browser.setDownloadBehavior", Map.of("behavior", "deny"));
        chromium.get("about:blank");
        Browser.giveBack(chromium);
        if (!complaints.isEmpty() || !elsewhere.isEmpty()) {
            throw new AssertionError(
                    "the browser complains: " + complaints + "; other hosts: " + elsewhere);
        }
    }
}
