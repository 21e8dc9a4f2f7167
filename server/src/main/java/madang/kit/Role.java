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
}
