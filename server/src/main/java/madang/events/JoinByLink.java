package madang.events;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How somebody came upon the link that he joins by; `link` where he does not say.
public record JoinByLink(@Nullable Way by) {
    public enum Way {
        LINK,
        QR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    InviteMethod method() {
        return by == Way.QR ? InviteMethod.QR : InviteMethod.LINK;
    }
}
