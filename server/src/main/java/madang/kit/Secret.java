package madang.kit;

/// A value that must not be shown: it prints as dots, wherever it lands.
public record Secret(String value) {

    @Override
    public String toString() {
        return "•••";
    }
}
