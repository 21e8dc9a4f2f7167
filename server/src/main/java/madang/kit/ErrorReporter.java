package madang.kit;

/// Where faults of ours are told beside the log. Reporting never blocks, never throws, and names no
/// person: a stack trace, a route and a request id, nothing else.
public interface ErrorReporter {
    ErrorReporter NONE = (fault, where, requestId) -> {};

    void report(Throwable fault, String where, String requestId);
}
