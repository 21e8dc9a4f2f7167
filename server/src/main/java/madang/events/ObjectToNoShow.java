package madang.events;

import jakarta.validation.constraints.NotBlank;
import madang.kit.json.CodePoints;

/// What somebody says who is said not to have come.
public record ObjectToNoShow(@NotBlank @CodePoints(min = 1, max = 500) String objection) {}
