package madang.social;

import org.jspecify.annotations.Nullable;

/// What somebody lets us do with his calendar at Google. The subject names the account for ever.
///
/// @param isGiven whether events may be read and written; each permission can be unticked
public record CalendarGrant(String subject, @Nullable String email, boolean isGiven) {}
