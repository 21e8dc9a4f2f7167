package madang.identity;

import madang.kit.Role;

/// What somebody may do in the house from now on.
public record ChangeRole(Role role) {}
