package madang.kit.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// What the sources say, before it becomes records: one value a key, and all that is wrong or worth
/// knowing.
final class Reading {

    /// What a key was given and by whom. The value is null where the text cannot be read.
    record Held(String text, @Nullable Object value, String from) {}

    private final Map<String, KeySpec> keys = new LinkedHashMap<>();
    private final Map<String, Held> given = new LinkedHashMap<>();
    private final Problems problems = new Problems();
    private final List<String> notices = new ArrayList<>();
    private final MadeSecrets secrets;

    Reading(Sources sources, Aliases aliases, List<KeySpec> specs) {
        specs.forEach(spec -> keys.put(spec.name(), spec));
        Layers layers = sources.read(problems);
        secrets = MadeSecrets.in(layers.data());
        layers.unknownNames(knownNames(aliases)).forEach(problems::add);
        Map<String, List<Offer>> offers = offers(layers.entries(), aliases);
        keys.values().forEach(spec -> settle(spec, offers.getOrDefault(spec.name(), List.of())));
        keys.values().forEach(this::refusePlaceholder);
        if (!stage().isGuarded()) {
            takeKeptSecrets();
        }
        keys.values().forEach(this::refuseGap);
    }

    Problems problems() {
        return problems;
    }

    List<String> notices() {
        return List.copyOf(notices);
    }

    /// The stage of this run; development until somebody says otherwise.
    Stage stage() {
        @Nullable Held stage = given.get(Stage.KEY);
        return stage != null && stage.value() instanceof Stage known ? known : Stage.DEVELOPMENT;
    }

    /// What this key has, given or by default; null where it is not set.
    @Nullable Held held(KeySpec spec) {
        @Nullable Held here = given.get(spec.name());
        return here == null ? byDefault(spec) : here;
    }

    /// Makes the secrets that nobody gave, so that every record can be tried.
    Map<String, String> makeMissingSecrets() {
        SecureRandom random = new SecureRandom();
        Map<String, String> made = new LinkedHashMap<>();
        for (KeySpec spec : keys.values()) {
            if (spec.isMade() && !given.containsKey(spec.name())) {
                String text = spec.key().made().make(random);
                made.put(spec.name(), text);
                given.put(spec.name(), new Held(text, spec.read(text), "made"));
            }
        }
        return made;
    }

    /// Keeps what was made, for the next start.
    void keep(Map<String, String> made) {
        if (made.isEmpty()) {
            return;
        }
        try {
            secrets.keep(made);
            notices.add(
                    "Made %s, kept in %s."
                            .formatted(String.join(", ", made.keySet()), secrets.file()));
        } catch (IOException unwritable) {
            problems.add(
                    "%s cannot be written: let this user write there, or name another directory in %s."
                            .formatted(secrets.file(), Sources.DATA));
        }
    }

    private void takeKeptSecrets() {
        Map<String, String> kept = secrets.kept(problems);
        for (KeySpec spec : keys.values()) {
            @Nullable String text = spec.isMade() ? kept.get(spec.name()) : null;
            if (text != null) {
                Held held = new Held(text, spec.read(text), secrets.file().toString());
                given.putIfAbsent(spec.name(), held);
            }
        }
    }

    private Set<String> knownNames(Aliases aliases) {
        Set<String> known = new TreeSet<>(keys.keySet());
        known.addAll(aliases.names());
        return known;
    }

    private KeySpec spec(String name) {
        return Objects.requireNonNull(keys.get(name), name);
    }

    private @Nullable Held byDefault(KeySpec spec) {
        Template text = new Template(spec.key().value());
        if (text.text().isEmpty() || !text.missing(this::textOf).isEmpty()) {
            return null;
        }
        String filled = text.fill(this::textOf, part -> part);
        return new Held(filled, spec.read(filled), "default");
    }

    private @Nullable String textOf(String name) {
        @Nullable Held other = held(spec(name));
        return other == null || other.value() == null ? null : other.text();
    }

    private Map<String, List<Offer>> offers(Map<String, Entry> entries, Aliases aliases) {
        Template.Lookup lookup =
                name -> {
                    @Nullable Entry entry = entries.get(name);
                    return entry == null ? null : entry.value();
                };
        List<Offer> offers = new ArrayList<>();
        for (Alias alias : aliases.rows()) {
            @Nullable Entry entry = entries.get(alias.name());
            if (entry != null && (!alias.hasEffect() || keys.containsKey(alias.key()))) {
                alias.objection(entry, lookup).ifPresent(problems::add);
                alias.notice(entry).ifPresent(notices::add);
                alias.offer(entry, lookup).ifPresent(offers::add);
            }
        }
        keys.keySet().stream()
                .map(entries::get)
                .filter(Objects::nonNull)
                .forEach(own -> offers.add(new Offer(own.name(), own, own.value(), false)));
        return offers.stream().collect(Collectors.groupingBy(Offer::key));
    }

    /// One value a key: whoever sets it must agree; what is offered only if unset steps back.
    private void settle(KeySpec spec, List<Offer> offers) {
        List<Offer> firm = offers.stream().filter(offer -> !offer.isIfUnset()).toList();
        List<Offer> standing = firm.isEmpty() ? offers : firm;
        List<Held> read = standing.stream().map(offer -> read(spec, offer)).toList();
        if (read.stream().map(Held::value).filter(Objects::nonNull).distinct().count() > 1) {
            problems.add(
                    "%s disagree about %s: keep one of them, or make them say the same."
                            .formatted(
                                    read.stream()
                                            .map(Held::from)
                                            .collect(Collectors.joining(" and ")),
                                    spec.name()));
        }
        read.stream().findFirst().ifPresent(first -> given.put(spec.name(), first));
    }

    private Held read(KeySpec spec, Offer offer) {
        @Nullable Object value = null;
        try {
            value = spec.read(offer.text());
        } catch (IllegalArgumentException expected) {
            String shown = spec.form().isSecret() ? "that" : "\"" + offer.entry().value() + "\"";
            problems.add(
                    "%s cannot be %s: expected %s."
                            .formatted(offer.entry().where(), shown, expected.getMessage()));
        }
        return new Held(offer.text(), value, offer.entry().where());
    }

    /// A placeholder protects nobody. Development takes one that nobody filled in as not set, so
    /// that an example file can be used as it is.
    private void refusePlaceholder(KeySpec spec) {
        @Nullable Held here = given.get(spec.name());
        if (here == null || secretsIn(here.value()).noneMatch(Placeholder::is)) {
            return;
        }
        if (stage().isGuarded()) {
            problems.add(
                    "%s has the placeholder of an example: give it a value of your own."
                            .formatted(here.from()));
        } else if (spec.isOptional()
                && !spec.isMade()
                && secretsIn(here.value()).anyMatch(Placeholder::isUnfilled)) {
            given.remove(spec.name());
            notices.add(here.from() + " has the placeholder of an example and counts as not set.");
        }
    }

    private static Stream<String> secretsIn(@Nullable Object value) {
        return switch (value) {
            case Secret secret -> Stream.of(secret.value());
            case List<?> many -> many.stream().flatMap(Reading::secretsIn);
            case null, default -> Stream.of();
        };
    }

    private void refuseGap(KeySpec spec) {
        if (held(spec) != null) {
            return;
        }
        if (spec.isMade() && stage().isGuarded()) {
            problems.add(
                    "%s must be given where %s is %s: `%s` makes one%s."
                            .formatted(
                                    spec.name(),
                                    Stage.KEY,
                                    stage().word(),
                                    spec.key().made().command(),
                                    Files.exists(secrets.file())
                                            ? ", or take on that of " + secrets.file()
                                            : ""));
        } else if (!spec.isMade() && !spec.isOptional()) {
            problems.add(spec.name() + " must be given: " + spec.key().says() + ".");
        }
    }
}
