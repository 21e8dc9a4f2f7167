package madang.kit.db;

/// PostgreSQL refused a row by one of its constraints. The store that wrote the statement knows the
/// constraint's name and turns it into words; nobody else should catch this.
public final class ConstraintViolated extends RuntimeException {
    private final String constraint;

    ConstraintViolated(String constraint, Throwable cause) {
        super(constraint, cause);
        this.constraint = constraint;
    }

    public boolean is(String name) {
        return constraint.equals(name);
    }
}
