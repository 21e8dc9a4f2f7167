package madang.identity;

/// A password as it is kept. Made by [Identity#hashed] outside of transactions, because it costs a
/// fifth of a second.
public record HashedPassword(String value) {

    @Override
    public String toString() {
        return "•••";
    }
}
