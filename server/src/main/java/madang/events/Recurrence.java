package madang.events;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import madang.kit.Failure;
import net.fortuna.ical4j.model.Recur;
import org.jspecify.annotations.Nullable;

/// When something happens again: a rule of RFC 5545 §3.3.10, counted from a first start on the
/// clocks of one zone. Ten o'clock stays ten o'clock when the clocks change; a start in the hour
/// that is left out comes an hour later, one in the hour that comes twice at its first.
///
/// By days and longer only: what happens by the hour is no appointment.
record Recurrence(String rule, String timeZone, Instant first) {
    static final int MAX_CHARACTERS = 300;
    private static final int MOST_DIGITS = 3;

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0," + MOST_DIGITS + "}");
    private static final Pattern ORDINAL = Pattern.compile("[0-9]");
    private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");

    /// Which part of a rule goes with which frequencies.
    private static final Map<String, Set<String>> PARTS =
            Map.ofEntries(
                    Map.entry("FREQ", FREQUENCIES),
                    Map.entry("INTERVAL", FREQUENCIES),
                    Map.entry("COUNT", FREQUENCIES),
                    Map.entry("UNTIL", FREQUENCIES),
                    Map.entry("WKST", FREQUENCIES),
                    Map.entry("BYDAY", FREQUENCIES),
                    Map.entry("BYMONTH", FREQUENCIES),
                    Map.entry("BYSETPOS", FREQUENCIES),
                    Map.entry("BYMONTHDAY", Set.of("DAILY", "MONTHLY", "YEARLY")),
                    Map.entry("BYYEARDAY", Set.of("YEARLY")),
                    Map.entry("BYWEEKNO", Set.of("YEARLY")));

    /// The rule in one spelling, its end on the clocks of the zone like the starts. Refused is what
    /// is no rule, contradicts itself, or does not begin with the first start.
    static Recurrence of(String text, ZoneId zone, Instant first) {
        Map<String, String> parts = parts(text.toUpperCase(Locale.ROOT));
        requireSense(parts);
        parts.computeIfPresent("UNTIL", (_, until) -> LOCAL.format(until(until, zone)));
        return new Recurrence(joined(parts), zone.getId(), first).requireStart(first);
    }

    /// The next starts after this moment, in order: those until the horizon, or the very next one
    /// where that lies beyond it; none when the rule is over.
    List<Instant> startsAfter(Instant last, Instant horizon) {
        Recur<LocalDateTime> recur = recur();
        LocalDateTime after = local(last);
        List<LocalDateTime> near =
                recur.getDates(seed(), after, local(horizon)).stream()
                        .filter(start -> start.isAfter(after))
                        .toList();
        @Nullable LocalDateTime next = near.isEmpty() ? recur.getNextDate(seed(), after) : null;
        return (next == null ? near : List.of(next))
                .stream()
                        .map(this::instant)
                        .filter(start -> start.isBefore(EventTime.END))
                        .toList();
    }

    /// The same rule when one of its starts moves, and all others with it by as much on the clocks
    /// of the zone. Refused where the days that it names do not move along.
    Recurrence moved(Instant from, Instant to) {
        if (from.equals(to)) {
            return this;
        }
        Duration by = Duration.between(local(from), local(to));
        Map<String, String> parts = parts(rule);
        parts.computeIfPresent(
                "UNTIL", (_, until) -> LOCAL.format(LocalDateTime.parse(until, LOCAL).plus(by)));
        return new Recurrence(joined(parts), timeZone, instant(seed().plus(by))).requireStart(to);
    }

    /// The same rule when this is its last start.
    Recurrence endingAt(Instant last) {
        Map<String, String> parts = parts(rule);
        parts.remove("COUNT");
        parts.put("UNTIL", LOCAL.format(local(last)));
        return new Recurrence(joined(parts), timeZone, first);
    }

    private Recurrence requireStart(Instant start) {
        if (!recur().getDates(seed(), local(start), local(start)).contains(local(start))) {
            throw Failure.invalid("rule", "rule_start");
        }
        return this;
    }

    private Recur<LocalDateTime> recur() {
        try {
            return new Recur<>(rule);
        } catch (IllegalArgumentException | DateTimeException noRule) {
            throw senseless();
        }
    }

    private ZoneId zone() {
        return ZoneId.of(timeZone);
    }

    private LocalDateTime seed() {
        return local(first);
    }

    private LocalDateTime local(Instant at) {
        return LocalDateTime.ofInstant(at, zone());
    }

    private Instant instant(LocalDateTime at) {
        return at.atZone(zone()).toInstant();
    }

    private static Map<String, String> parts(String rule) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : rule.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0
                    || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw senseless();
            }
        }
        return parts;
    }

    private static String joined(Map<String, String> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(";"));
    }

    private static void requireSense(Map<String, String> parts) {
        String frequency = parts.getOrDefault("FREQ", "");
        boolean isKnown =
                parts.keySet().stream()
                        .allMatch(part -> PARTS.getOrDefault(part, Set.of()).contains(frequency));
        boolean endsOnce = !(parts.containsKey("COUNT") && parts.containsKey("UNTIL"));
        boolean picksFromSome =
                !parts.containsKey("BYSETPOS")
                        || parts.keySet().stream()
                                .anyMatch(
                                        part -> part.startsWith("BY") && !part.equals("BYSETPOS"));
        boolean hasOrdinals = ORDINAL.matcher(parts.getOrDefault("BYDAY", "")).find();
        boolean mayHaveOrdinals =
                frequency.equals("MONTHLY")
                        || (frequency.equals("YEARLY") && !parts.containsKey("BYWEEKNO"));
        if (!isKnown
                || !endsOnce
                || !picksFromSome
                || (hasOrdinals && !mayHaveOrdinals)
                || !isPositive(parts.getOrDefault("INTERVAL", "1"))
                || !isPositive(parts.getOrDefault("COUNT", "1"))) {
            throw senseless();
        }
    }

    private static boolean isPositive(String number) {
        return POSITIVE.matcher(number).matches();
    }

    /// An end may be a day, a moment of the zone, or a moment in UTC.
    private static LocalDateTime until(String text, ZoneId zone) {
        try {
            if (text.length() == 8) {
                return LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                        .atTime(LocalTime.of(23, 59, 59));
            }
            return text.endsWith("Z")
                    ? LocalDateTime.parse(text.substring(0, text.length() - 1), LOCAL)
                            .atOffset(ZoneOffset.UTC)
                            .atZoneSameInstant(zone)
                            .toLocalDateTime()
                    : LocalDateTime.parse(text, LOCAL);
        } catch (DateTimeException noTime) {
            throw senseless();
        }
    }

    private static Failure senseless() {
        return Failure.invalid("rule", "rule");
    }
}
