package madang.kit.settings;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that an operator hears everything at the first start and not one
/// fault a start.
public final class Problems {
    private final List<String> lines = new ArrayList<>();

    public void add(String line) {
        lines.add(line);
    }

    /// A rule of a record: where it does not hold, `otherwise` says which key to change and how.
    public Problems must(boolean holds, String otherwise) {
        if (!holds) {
            add(otherwise);
        }
        return this;
    }

    public void stopIfAny() {
        if (!lines.isEmpty()) {
            throw new SettingsProblem(lines);
        }
    }

    /// Does it, and keeps what a rule in it says.
    void collect(Runnable step) {
        try {
            step.run();
        } catch (SettingsProblem rule) {
            lines.addAll(rule.lines());
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
