package madang.recovery;

import java.time.Duration;

/// What a letter is about, and how long it is worth sending.
enum LetterKind {
    RESET_PASSWORD(Channel.MAIL, Duration.ofHours(24)),
    VERIFY_EMAIL(Channel.MAIL, Duration.ofHours(24)),
    MAGIC_LINK(Channel.MAIL, Duration.ofHours(1)),
    NEW_DEVICE(Channel.MAIL, Duration.ofHours(24)),
    PASSWORD_CHANGED(Channel.MAIL, Duration.ofHours(24)),
    EMAIL_CHANGED(Channel.MAIL, Duration.ofHours(24)),
    EVENT_SOON(Channel.MAIL, Duration.ofHours(12)),
    PHONE_CODE(Channel.SMS, PhoneCodes.LIFE);

    private final Channel channel;
    private final Duration worth;

    LetterKind(Channel channel, Duration worth) {
        this.channel = channel;
        this.worth = worth;
    }

    Channel channel() {
        return channel;
    }

    Duration worth() {
        return worth;
    }
}
