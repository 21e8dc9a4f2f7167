package madang.kit;

/// A person with an account, as far as the house's words go: `Id<User>`. What is known of a user is
/// identity's business; ask its API, never its tables.
public interface User {}
