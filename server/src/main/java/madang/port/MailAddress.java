package madang.port;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who a mail is from: `noreply@example.org` or `Madang <noreply@example.org>`.
public record MailAddress(@Nullable String name, String address) {
    private static final Pattern FORM =
            Pattern.compile("(?:(?<name>[^<>\\p{Cntrl}]*)<)?(?<address>[^\\s<>@,]+@[^\\s<>@,]+)>?");

    public static MailAddress parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches() || (form.group("name") != null) != text.strip().endsWith(">")) {
            throw new IllegalArgumentException("noreply@example.org or Name <noreply@example.org>");
        }
        @Nullable String name = form.group("name");
        return new MailAddress(
                name == null || name.isBlank() ? null : name.strip(), form.group("address"));
    }

    public String domain() {
        return address.substring(address.indexOf('@') + 1);
    }
}
