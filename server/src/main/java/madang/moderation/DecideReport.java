package madang.moderation;

import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// What an administrator decides about a report, or that it is to be decided anew (`open`).
public record DecideReport(Report.Status status, @CodePoints(max = 2_000) @Nullable String note) {}
