package madang.recovery;

import java.time.Instant;
import java.util.List;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.User;
import org.jspecify.annotations.Nullable;

/// Something to be told to somebody outside, before it has words.
record Letter(
        Id<Letter> id,
        LetterKind kind,
        String recipient,
        @Nullable Id<User> userId,
        @Nullable Id<PhoneCode> codeId,
        List<String> args,
        Language language,
        Instant createdAt,
        Instant goodUntil,
        int tries) {

    static Letter to(
            Id<Letter> id, LetterKind kind, String recipient, Language language, Instant now) {
        return new Letter(
                id,
                kind,
                recipient,
                null,
                null,
                List.of(),
                language,
                now,
                now.plus(kind.worth()),
                0);
    }

    Letter about(Id<User> user, String... what) {
        return new Letter(
                id,
                kind,
                recipient,
                user,
                codeId,
                List.of(what),
                language,
                createdAt,
                goodUntil,
                tries);
    }

    Letter with(Id<PhoneCode> code) {
        return new Letter(
                id, kind, recipient, userId, code, args, language, createdAt, goodUntil, tries);
    }

    boolean isTooLate(Instant now) {
        return !goodUntil.isAfter(now);
    }
}
