package madang.kit.http;

/// A rate limit by the name that its `RateLimit` headers show. How much each allows is a matter of
/// settings. A verified token keys it by its user and anything else by address, unless it is one of
/// addresses alone.
public record Limit(String label, boolean isOfAddresses) {
    /// No limit: health, pages and their files.
    public static final Limit NONE = of("none");

    /// What holds where nothing else is said.
    public static final Limit API = of("api");

    /// New accounts, by address.
    public static final Limit SIGN_UP = ofAddresses("sign-up");

    /// Reports, which each cost an administrator's time.
    public static final Limit REPORT = of("report");

    /// Looking users up by name, slowly enough that nobody can list them.
    public static final Limit USER_SEARCH = of("user-search");

    /// Asking people to be friends.
    public static final Limit FRIEND_REQUEST = of("friend-request");

    /// Looking up what invite links lead to: by address, so that nobody tries codes.
    public static final Limit INVITE = ofAddresses("invite");

    /// Exports of one's own data, which each read everything that is kept of somebody.
    public static final Limit EXPORT = of("export");

    /// Frames that come by request, because their event stream is no socket, which counts its own.
    public static final Limit FRAMES = of("frames");

    /// Files that somebody brings in.
    public static final Limit FILE_UPLOAD = of("file-upload");

    /// Files and pictures that somebody looks at: a page of a room shows many at once.
    public static final Limit FILE_DOWNLOAD = of("file-download");

    /// Codes and links that an address asks to be sent to somebody.
    public static final Limit RECOVERY = ofAddresses("recovery");

    /// Mails to one mailbox, whoever asks for them.
    public static final Limit MAIL = of("mail");

    /// Feeds of calendars that programs read again and again.
    public static final Limit CALENDAR_FEED = ofAddresses("calendar-feed");

    /// What is posted through one webhook.
    public static final Limit WEBHOOK = of("webhook");

    /// Signing in by an account at a provider, who is asked for each of them.
    public static final Limit SOCIAL = ofAddresses("social");

    /// What providers tell us of their own accord, all of it from a few addresses.
    public static final Limit VENDOR = ofAddresses("vendor");

    public static Limit of(String label) {
        return new Limit(label, false);
    }

    public static Limit ofAddresses(String label) {
        return new Limit(label, true);
    }
}
