package madang.chat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import madang.kit.http.PublicWeb;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/// What stands behind a link, in the words of its page (Open Graph, else HTML's own). Its picture
/// is not shown: the pages load nothing from elsewhere, which would tell a stranger who reads what.
record LinkPreview(
        String url,
        String title,
        @Nullable String description,
        @Nullable String imageUrl,
        @Nullable String site) {
    private static final int MAX_TITLE = 200;
    private static final int MAX_DESCRIPTION = 400;
    private static final int MAX_SITE = 100;

    private static final Pattern LINK = Pattern.compile("(?i)\\bhttps?://[^\\s<>\"'`|\\\\^{}]+");

    /// Ends sentences rather than addresses.
    private static final Pattern TRAILING = Pattern.compile("[.,;:!?…。、！？)\\]】』」》]+$");

    private static final Pattern CHARSET =
            Pattern.compile("(?i)charset\\s*=\\s*[\"']?([\\w.:-]{1,40})");

    /// What pages call EUC-KR has been this larger set for decades (WHATWG Encoding §4.2).
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    /// The first link of a text.
    static Optional<String> linkIn(String text) {
        Matcher link = LINK.matcher(text);
        return link.find() ? Optional.of(withoutTrailing(link.group())) : Optional.empty();
    }

    /// What a page tells of itself; empty where it has no title.
    static Optional<LinkPreview> of(String url, PublicWeb.Page page) {
        Document document = parsed(page);
        return text(MAX_TITLE, meta(document, "og:title"), document.title())
                .map(title ->
                        new LinkPreview(
                                url,
                                title,
                                text(
                                                MAX_DESCRIPTION,
                                                meta(document, "og:description"),
                                                meta(document, "description"))
                                        .orElse(null),
                                null,
                                text(MAX_SITE, meta(document, "og:site_name"), host(page.address()))
                                        .orElse(null)));
    }

    /// A closing bracket belongs to the address if it was opened there.
    private static String withoutTrailing(String link) {
        String bare = TRAILING.matcher(link).replaceFirst("");
        return link.startsWith(bare + ")") && bare.lastIndexOf('(') > bare.lastIndexOf(')')
                ? bare + ")"
                : bare;
    }

    private static Document parsed(PublicWeb.Page page) {
        Matcher named = CHARSET.matcher(page.contentType());
        Document document = parsed(page, named.find() ? known(named.group(1)) : null);
        return document.charset().name().equals("EUC-KR") ? parsed(page, KOREAN) : document;
    }

    /// Without a charset it is taken from the page's own words, else UTF-8.
    private static Document parsed(PublicWeb.Page page, @Nullable Charset charset) {
        try {
            return Jsoup.parse(
                    new ByteArrayInputStream(page.bytes()),
                    charset == null ? null : charset.name(),
                    page.address().toString());
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Charset known(String name) {
        return Charset.isSupported(name) ? Charset.forName(name) : null;
    }

    private static String meta(Document document, String name) {
        @Nullable Element found =
                document.selectFirst("meta[property=%s], meta[name=%1$s]".formatted(name));
        return found == null ? "" : found.attr("content");
    }

    private static String host(URI address) {
        return address.getHost().replaceFirst("^www\\.", "");
    }

    /// The first of these that says anything, on one line, as long as it may be.
    private static Optional<String> text(int most, String... candidates) {
        return Stream.of(candidates)
                .map(candidate ->
                        candidate
                                .replaceAll(
                                        "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\s\\p{Z}&&[^\\u200d]]+", " ")
                                .strip())
                .filter(candidate -> !candidate.isEmpty())
                .map(candidate -> shortened(candidate, most))
                .findFirst();
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)).strip() + "…";
    }
}
