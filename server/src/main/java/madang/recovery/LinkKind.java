package madang.recovery;

import java.time.Duration;

/// What a mailed link does, where its page is, and how long it is good.
enum LinkKind {
    RESET_PASSWORD("reset", Duration.ofHours(1)),
    VERIFY_EMAIL("verify-email", Duration.ofDays(1)),
    MAGIC_LINK("magic", Duration.ofMinutes(15));

    private final String page;
    private final Duration life;

    LinkKind(String page, Duration life) {
        this.page = page;
        this.life = life;
    }

    Duration life() {
        return life;
    }

    /// The token stands in the fragment, which browsers keep to themselves: no log ever has it.
    String address(String publicAddress, String token) {
        return publicAddress + "/#/" + page + "?token=" + token;
    }
}
