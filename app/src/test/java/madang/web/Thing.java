package madang.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something on the page that a reader perceives: a text, a field, a button.
///
/// @param name what a screen reader says
/// @param text what stands in it, if it is a field
/// @param node the browser's number of the element or the text
record Thing(Window window, String name, String text, boolean isFocused, long node) {
    private record Point(double x, double y) {}

    /// As a node of the accessibility tree tells it.
    static Thing of(Window window, Map<String, Object> node) {
        return new Thing(
                window,
                word(node.get("name")),
                word(node.get("value")),
                isFocused((List<?>) node.getOrDefault("properties", List.of())),
                ((Number) Objects.requireNonNull(node.get("backendDOMNodeId"))).longValue());
    }

    private static String word(@Nullable Object value) {
        return Objects.toString(Window.map(value).get("value"), "");
    }

    private static boolean isFocused(List<?> properties) {
        return properties.stream()
                .map(Window::map)
                .filter(property -> "focused".equals(property.get("name")))
                .anyMatch(property ->
                        Boolean.TRUE.equals(Window.map(property.get("value")).get("value")));
    }

    /// The texts inside it, in the order of the page.
    List<String> texts() {
        return inside("StaticText").map(Thing::name).toList();
    }

    Stream<Thing> inside(String role) {
        return window.query(Map.of("backendNodeId", node), Map.of("role", role));
    }

    /// Clicks in its middle.
    void press() {
        Point middle = middle();
        mouse("mouseMoved", middle, 0);
        mouse("mousePressed", middle, 1);
        mouse("mouseReleased", middle, 1);
    }

    /// Rests the pointer on it.
    Thing point() {
        mouse("mouseMoved", middle(), 0);
        return this;
    }

    /// Puts the cursor into it and writes.
    void write(String text) {
        press();
        window.types(text);
    }

    /// Where it begins below the upper edge of the window, in pixels.
    double top() {
        return corners().get(1);
    }

    private Point middle() {
        window.cdp("DOM.scrollIntoViewIfNeeded", Map.of("backendNodeId", node));
        List<Double> corners = corners();
        return new Point(
                (corners.get(0) + corners.get(4)) / 2, (corners.get(1) + corners.get(5)) / 2);
    }

    /// x and y of the four corners, clockwise from the upper left.
    private List<Double> corners() {
        List<?> quads =
                (List<?>)
                        window.cdp("DOM.getContentQuads", Map.of("backendNodeId", node))
                                .get("quads");
        return ((List<?>) quads.getFirst())
                .stream().map(number -> ((Number) number).doubleValue()).toList();
    }

    private void mouse(String type, Point at, int clicks) {
        window.cdp(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        at.x(),
                        "y",
                        at.y(),
                        "button",
                        clicks == 0 ? "none" : "left",
                        "clickCount",
                        clicks));
    }
}
