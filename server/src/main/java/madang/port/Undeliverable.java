package madang.port;

/// The recipient was refused for good. Its message names a reason in the words of a protocol, never
/// the recipient or what he was to read.
public final class Undeliverable extends RuntimeException {
    public Undeliverable(String reason) {
        super(reason, null, false, false);
    }
}
