package madang.sandbox.stand;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A piece of a page. What is put into its places is escaped, unless it is a piece itself; so no
/// word of a stranger becomes a tag.
public record Html(String text) {
    private static final String PLACE = "{}";

    public static final Html NOTHING = new Html("");

    public static Html of(String template, Object... filled) {
        StringBuilder html = new StringBuilder(template.length() + 64);
        int at = 0;
        for (Object one : filled) {
            int place = template.indexOf(PLACE, at);
            html.append(template, at, place).append(inside(one));
            at = place + PLACE.length();
        }
        return new Html(html.append(template, at, template.length()).toString());
    }

    public static Html all(Stream<Html> pieces) {
        return new Html(pieces.map(Html::text).collect(Collectors.joining("\n")));
    }

    private static String inside(Object one) {
        return one instanceof Html piece ? piece.text() : escaped(String.valueOf(one));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
