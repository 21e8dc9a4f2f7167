package madang.kit;

/// Why the house cannot start, in one sentence for its operator: a port that is taken, a file that
/// cannot be read, a database that does not answer.
public final class CannotStart extends RuntimeException {
    public CannotStart(String why) {
        super(why);
    }

    public CannotStart(String why, Throwable cause) {
        super(why, cause);
    }
}
