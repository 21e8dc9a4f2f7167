package madang.kit;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The languages that Madang answers in. Korean where nothing else is wished.
public enum Language {
    KO("ko"),
    EN("en");

    private static final List<String> TAGS = List.of("ko", "en");
    private final String tag;

    Language(String tag) {
        this.tag = tag;
    }

    public String tag() {
        return tag;
    }

    public static @Nullable Language parse(@Nullable String tag) {
        for (Language language : values()) {
            if (language.tag.equalsIgnoreCase(tag)) {
                return language;
            }
        }
        return null;
    }

    /// The best of ours for an `Accept-Language` header (RFC 9110 §12.5.4); null if it names none.
    public static @Nullable Language accepted(@Nullable String header) {
        if (header == null || header.length() > 200) {
            return null;
        }
        try {
            return parse(Locale.lookupTag(Locale.LanguageRange.parse(header), TAGS));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
