package madang.adapters;

import io.sentry.Hint;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.protocol.SentryException;
import java.util.List;
import madang.kit.ErrorReporter;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// Tells Sentry about faults of ours. What leaves the house: exception types and stack traces, the
/// route's template, the request id, release and environment; never an exception's text, a body, a
/// header or a person. Events wait in a bounded queue and are dropped when Sentry is away.
public final class SentryReporter implements ErrorReporter {
    private static final int MAX_WAITING = 100;

    public SentryReporter(Secret dsn, String environment, String release) {
        Sentry.init(options -> {
            options.setDsn(dsn.value());
            options.setEnvironment(environment);
            options.setRelease("madang@" + release);
            options.setAttachServerName(false);
            options.setMaxBreadcrumbs(0);
            options.setMaxQueueSize(MAX_WAITING);
            options.setEnableUncaughtExceptionHandler(false);
            options.setBeforeSend(SentryReporter::withoutWords);
        });
    }

    @Override
    public void report(Throwable fault, String where, String requestId) {
        Sentry.withScope(scope -> {
            scope.setTransaction(where);
            scope.setTag("request_id", requestId);
            Sentry.captureException(fault);
        });
    }

    /// An exception's text may quote what people wrote.
    static SentryEvent withoutWords(SentryEvent event, Hint hint) {
        event.setMessage(null);
        event.setUser(null);
        event.setRequest(null);
        event.setServerName(null);
        @Nullable List<SentryException> exceptions = event.getExceptions();
        if (exceptions != null) {
            exceptions.forEach(exception -> exception.setValue(null));
        }
        return event;
    }
}
