package madang.kit.settings;

import java.util.List;

/// Settings that Madang will not start with. The message has one line a problem, each says what to
/// do; no line shows a secret.
public final class SettingsProblem extends RuntimeException {
    private final List<String> lines;

    SettingsProblem(List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.lines = List.copyOf(lines);
    }

    public List<String> lines() {
        return lines;
    }
}
