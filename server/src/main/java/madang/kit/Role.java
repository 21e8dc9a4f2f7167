package madang.kit;

/// What a user may do in the whole house; what one may do in a room is the room's own matter.
public enum Role {
    USER,
    BUSINESS,
    EXPERT,
    ADMIN,
    SUPER_ADMIN;

    public boolean isAdmin() {
        return this == ADMIN || this == SUPER_ADMIN;
    }

    /// Whether who has this role may act upon the account of somebody who has that one: nobody upon
    /// his own rank, but for the chiefs, who are at the top.
    public boolean isAbove(Role other) {
        return this == SUPER_ADMIN || (this == ADMIN && !other.isAdmin());
    }
}
