package madang.slots;

import java.util.Locale;

/// What kind of time is offered.
public enum Category {
    EXERCISE,
    EDUCATION,
    COUNSELLING,
    HOBBY,
    BEAUTY,
    BUSINESS,
    OTHER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
