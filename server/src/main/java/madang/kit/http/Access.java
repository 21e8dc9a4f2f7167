package madang.kit.http;

/// Who may call a route. Everything finer (whose room, whose event) is the feature's to say.
public enum Access {
    /// Anybody; a token that comes along is read but not needed.
    PUBLIC,
    /// A signed-in user.
    USER,
    /// An administrator, whose role is asked anew on every request.
    ADMIN,
    /// Whoever runs this server: `MADANG_OPERATOR_TOKEN` as bearer token, or the management
    /// address.
    OPERATOR
}
