package madang.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import madang.kit.json.Timestamps;
import org.jspecify.annotations.Nullable;

/// How one seal holds the next: SHA-256 over the hash before it, the number, and every field of the
/// entry. Each is written as a netstring (`5:hello,`; a lone `,` for what is absent), so that no
/// two entries spell the same bytes and anybody can check the chain without our code.
final class Chain {
    /// What the first seal of all stands on.
    static final byte[] BEGINNING = new byte[32];

    static byte[] hash(byte[] previous, long number, Noted entry) {
        MessageDigest digest = sha256();
        field(digest, previous);
        for (@Nullable Object field :
                Arrays.asList(
                        number,
                        entry.id(),
                        entry.actor(),
                        entry.reason(),
                        entry.action(),
                        entry.targetType(),
                        entry.target(),
                        entry.address(),
                        entry.details(),
                        Timestamps.format(entry.at()))) {
            field(digest, field == null ? null : field.toString().getBytes(UTF_8));
        }
        return digest.digest();
    }

    /// The seals of these entries, behind this last one.
    static List<Seal> sealed(@Nullable Seal last, List<Noted> entries, Instant now) {
        Seal[] seals = new Seal[entries.size()];
        long number = last == null ? 0 : last.number();
        byte[] previous = last == null ? BEGINNING : last.hash();
        for (int i = 0; i < seals.length; i++) {
            number++;
            byte[] hash = hash(previous, number, entries.get(i));
            seals[i] = new Seal(number, entries.get(i).id(), previous, hash, now);
            previous = hash;
        }
        return List.of(seals);
    }

    private static void field(MessageDigest digest, byte @Nullable [] bytes) {
        if (bytes != null) {
            digest.update((bytes.length + ":").getBytes(US_ASCII));
            digest.update(bytes);
        }
        digest.update((byte) ',');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Chain() {}
}
