package madang.bench;

/// What people say here: about 120 bytes, in both languages, JSON-safe.
final class Words {
    /// Stands before the time at which something was said; nothing else in a frame has it.
    static final byte[] STAMP = {'~'};

    private static final String LINE =
            "마당에서 차 한 잔 해요, tea at three in the garden? bring your own cup, please ";

    private Words() {}

    static String line(long number) {
        return LINE + number;
    }

    /// A line that tells when it was said, for who hears it to know how long it took.
    static String stamped(long nanos) {
        return LINE + (char) STAMP[0] + nanos;
    }
}
