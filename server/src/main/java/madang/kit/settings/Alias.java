package madang.kit.settings;

import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A name of another system and what it says in ours: one row of `aliases.tsv`, whose head explains
/// the words of `how`. A name that sets several keys has a row for each.
record Alias(String name, String ours, String how, String note) {
    private static final String NO_EFFECT = "accepted, no effect";
    private static final String IF_UNSET = " (if unset)";

    boolean hasEffect() {
        return !ours.equals(NO_EFFECT);
    }

    /// The key that it sets.
    String key() {
        return ours.replace(IF_UNSET, "");
    }

    /// What the entry offers to the key. A part says nothing alone, nor does a word that means
    /// something else where the entry comes from.
    Optional<Offer> offer(Entry entry, Template.Lookup lookup) {
        return Optional.ofNullable(hasEffect() ? text(entry.value(), lookup) : null)
                .map(text -> new Offer(key(), entry, text, ours.endsWith(IF_UNSET)));
    }

    /// Why Madang does not start with this entry.
    Optional<String> objection(Entry entry, Template.Lookup lookup) {
        return switch (verb()) {
            case "put" -> obstacle(entry, new Template(argument()), lookup);
            case "never" -> refusal(entry, !isNo(entry.value()), "Remove it");
            case "always" ->
                    refusal(
                            entry,
                            entry.value().equalsIgnoreCase(argument()),
                            "Remove it or say " + argument());
            default -> Optional.empty();
        };
    }

    /// What an operator should know who believes in this entry.
    Optional<String> notice(Entry entry) {
        if (!hasEffect()) {
            return Optional.of(
                    entry.where() + " has no effect" + (note.isEmpty() ? "." : ": " + note + "."));
        }
        return verb().equals("address") && !isAddress(entry.value())
                ? Optional.of(
                        "%s is no address and was not taken for %s."
                                .formatted(entry.where(), key()))
                : Optional.empty();
    }

    private @Nullable String text(String value, Template.Lookup lookup) {
        return switch (verb()) {
            case "as" -> value;
            case "in" -> value.matches("\\d+") ? value + argument().charAt(0) : value;
            case "words" -> words().getOrDefault(value.toLowerCase(Locale.ROOT), value);
            case "only" -> words().get(value.toLowerCase(Locale.ROOT));
            case "address" -> isAddress(value) ? value : null;
            case "put" -> putTogether(new Template(argument()), lookup);
            case "part" -> null;
            default -> throw new IllegalStateException("aliases.tsv: what is '" + how + "'?");
        };
    }

    private static @Nullable String putTogether(Template template, Template.Lookup lookup) {
        return template.missing(lookup).isEmpty()
                ? template.fill(lookup, Alias::percentEncoded)
                : null;
    }

    private static String percentEncoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Optional<String> obstacle(Entry entry, Template template, Template.Lookup lookup) {
        List<String> missing = template.missing(lookup);
        if (!missing.isEmpty()) {
            return Optional.of(
                    "%s needs %s too: set it, or give %s whole."
                            .formatted(entry.where(), String.join(" and ", missing), key()));
        }
        List<String> clashing = template.clashing(lookup);
        return clashing.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(" and ", clashing) + " disagree: keep one of them.");
    }

    private Optional<String> refusal(Entry entry, boolean isHarmless, String advice) {
        return isHarmless
                ? Optional.empty()
                : Optional.of(
                        "%s asks for what Madang does not do: %s. %s."
                                .formatted(entry.where(), note, advice));
    }

    private String verb() {
        return how.split(" ", 2)[0];
    }

    private String argument() {
        return how.substring(how.indexOf(' ') + 1);
    }

    /// `dev=development staging` translates the first word and lets the second stand.
    private Map<String, String> words() {
        return Arrays.stream(argument().split(" "))
                .map(word -> word.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[pair.length - 1]));
    }

    private static boolean isNo(String value) {
        try {
            return !Form.onOrOff(value);
        } catch (IllegalArgumentException neither) {
            return false;
        }
    }

    private static boolean isAddress(String value) {
        if (value.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(value) != null;
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
