package madang.rights;

import jakarta.validation.constraints.Pattern;

/// A yes or a no to this version of a document.
public record DecideConsent(
        @Pattern(regexp = "[A-Za-z0-9._-]{1,32}") String version, boolean granted) {}
