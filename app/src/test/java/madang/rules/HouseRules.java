package madang.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/// Who may know whom, for the house whose packages stand below `root`. A room is the first word
/// after the root: `madang.kit.http` is in the room `kit`.
record HouseRules(String root) {
    private static final Set<String> FEATURES =
            Set.of(
                    "audit",
                    "recovery",
                    "identity",
                    "passkeys",
                    "social",
                    "files",
                    "moderation",
                    "people",
                    "rights",
                    "chat",
                    "webhooks",
                    "events",
                    "slots",
                    "calendar");

    /// Rooms that are a shelf of packages: the kit, and the sandbox with a package a vendor.
    private static final Set<String> SHELVES = Set.of("kit", "sandbox");

    /// An API that fills more than one class.
    private static final Map<String, Set<String>> MORE_FACES =
            Map.of(
                    "identity",
                    Set.of("Administration", "SignInAnswer"),
                    "people",
                    Set.of("Friends"),
                    "slots",
                    Set.of("Polls"),
                    "rights",
                    Set.of("Consents"),
                    "chat",
                    Set.of("Rooms", "Members", "Hearing", "Keys", "Marks", "Mentions", "Search"),
                    "recovery",
                    Set.of("Reminding"),
                    "events",
                    Set.of("Invitations", "NoShows"));

    /// The arrows. A room without a row may not exist, a row without an arrow knows only libraries.
    /// Need the reverse arrow? Publish a fact.
    private static final Map<String, Set<String>> MAY_KNOW =
            Map.ofEntries(
                    entry("kit", Set.of()),
                    entry("port", Set.of("kit")),
                    entry("embedded", Set.of("port", "kit")),
                    entry("nodes", Set.of("embedded", "port", "kit")),
                    entry("live", Set.of("port", "kit")),
                    entry("audit", Set.of("kit")),
                    entry("identity", Set.of("audit", "live", "port", "kit")),
                    entry("passkeys", Set.of("audit", "identity", "port", "kit")),
                    entry("social", Set.of("audit", "identity", "kit")),
                    entry("files", Set.of("audit", "identity", "live", "port", "kit")),
                    entry("moderation", Set.of("audit", "identity", "live", "port", "kit")),
                    entry(
                            "people",
                            Set.of("moderation", "audit", "identity", "live", "port", "kit")),
                    entry(
                            "chat",
                            Set.of(
                                    "people",
                                    "files",
                                    "moderation",
                                    "audit",
                                    "identity",
                                    "live",
                                    "port",
                                    "kit")),
                    entry("calendar", Set.of("events", "social", "identity", "kit")),
                    entry("webhooks", Set.of("chat", "audit", "identity", "port", "kit")),
                    entry(
                            "events",
                            Set.of(
                                    "chat",
                                    "people",
                                    "recovery",
                                    "moderation",
                                    "audit",
                                    "identity",
                                    "live",
                                    "port",
                                    "kit")),
                    entry("slots", Set.of("events", "moderation", "audit", "identity", "kit")),
                    entry("recovery", Set.of("audit", "identity", "live", "port", "kit")),
                    entry("web", Set.of("kit")),
                    entry("rights", Set.of("audit", "identity", "port", "kit")),
                    entry(
                            "dialect.woongkie",
                            Set.of("chat", "people", "files", "identity", "live", "port", "kit")),
                    entry(
                            "adapters",
                            Set.of("port", "kit", "identity", "social", "chat", "calendar")),
                    entry("sandbox", Set.of("kit")),
                    entry(
                            "app",
                            Set.of(
                                    "kit",
                                    "port",
                                    "embedded",
                                    "nodes",
                                    "live",
                                    "audit",
                                    "identity",
                                    "passkeys",
                                    "social",
                                    "files",
                                    "moderation",
                                    "people",
                                    "rights",
                                    "chat",
                                    "recovery",
                                    "webhooks",
                                    "events",
                                    "slots",
                                    "calendar",
                                    "web",
                                    "dialect.woongkie",
                                    "adapters",
                                    "sandbox")));

    ArchRule arrows() {
        return every(
                "know only the rooms of its row",
                (type, events) ->
                        type.getDirectDependenciesFromSelf().stream()
                                .filter(arrow -> isOurs(arrow.getTargetClass()))
                                .filter(arrow -> !mayKnow(room(type), room(arrow.getTargetClass())))
                                .forEach(arrow -> broken(events, type, arrow.getDescription())));
    }

    /// A room that nobody has thought about is no room yet.
    ArchRule knownRooms() {
        return every(
                "stand in a room with a row",
                (type, events) -> {
                    if (!MAY_KNOW.containsKey(room(type))) {
                        broken(events, type, type.getName() + " is in the room " + room(type));
                    }
                });
    }

    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    /// Layers inside a feature hide it from its reader.
    ArchRule flatRooms() {
        return every(
                "stand directly in its room",
                (type, events) -> {
                    String flat = root + "." + room(type);
                    if (!SHELVES.contains(room(type)) && !type.getPackageName().equals(flat)) {
                        broken(events, type, type.getName() + " is below " + flat);
                    }
                });
    }

    /// The web server can be changed in three places.
    ArchRule jettyInTheWebLayer() {
        return outside("kit.http", "live", "app")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.eclipse.jetty..", "jakarta.servlet.."));
    }

    /// Stores speak through `Tx` and `Sql`; who holds a connection could open a transaction.
    ArchRule jdbcInTheKit() {
        return outside("kit.db")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.sql..", "org.postgresql..", "com.zaxxer.."));
    }

    /// What a neighbour may see of a feature: its API classes, its `…Feature`, its `…Views`, and
    /// whatever is a record, an enum, an annotation or an interface (commands, facts, settings,
    /// ports). Stores, writers and endpoints are its own business.
    ArchRule privateParts() {
        return every(
                "be seen only if it is its room's API",
                (type, events) -> {
                    if (FEATURES.contains(room(type))
                            && isPart(type)
                            && type.getModifiers().contains(JavaModifier.PUBLIC)
                            && !isFace(room(type), type.getSimpleName())) {
                        broken(events, type, type.getName() + " is public");
                    }
                });
    }

    /// Only a feature's API opens transactions: its stores are given one. A store that is the
    /// adapter of a port has its port's own promise.
    ArchRule storesTakeTransactions() {
        return noClasses()
                .that()
                .haveSimpleNameEndingWith("Store")
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveModifier(JavaModifier.PUBLIC)
                .and(describe("implement no port", type -> type.getRawInterfaces().isEmpty()))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("madang.kit.db.Db");
    }

    /// What is asked over HTTP, sockets or the shell is the same verb: endpoints hold no SQL.
    ArchRule thinEndpoints() {
        return classes()
                .that(resideInAnyPackage(packagesOf(FEATURES)))
                .and()
                .haveNameMatching(".*(Api|Socket)")
                .should(not(dependOnClassesThat(resideInAPackage("madang.kit.db.."))));
    }

    private GivenClassesConjunction outside(String... rooms) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(
                        List.of(rooms).stream()
                                .map(room -> root + "." + room)
                                .toArray(String[]::new));
    }

    private String[] packagesOf(Set<String> rooms) {
        return rooms.stream().map(room -> root + "." + room).toArray(String[]::new);
    }

    private ArchRule every(String what, BiConsumer<JavaClass, ConditionEvents> look) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(
                        new ArchCondition<>(what) {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                look.accept(type, events);
                            }
                        });
    }

    private static boolean mayKnow(String room, String other) {
        return room.equals(other) || MAY_KNOW.getOrDefault(room, Set.of()).contains(other);
    }

    private static boolean isPart(JavaClass type) {
        return type.isTopLevelClass()
                && !type.isRecord()
                && !type.isEnum()
                && !type.isAnnotation()
                && !type.isInterface();
    }

    /// `chat` → `Chat`, `ChatFeature`, `ChatViews`, and what else its row of faces names.
    private static boolean isFace(String room, String type) {
        String name = Character.toUpperCase(room.charAt(0)) + room.substring(1);
        return Set.of(name, name + "Feature", name + "Views").contains(type)
                || MORE_FACES.getOrDefault(room, Set.of()).contains(type);
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    /// Each dialect is a room of its own.
    private String room(JavaClass type) {
        String[] words = type.getPackageName().substring(root.length() + 1).split("\\.", 3);
        return words[0].equals("dialect") && words.length > 1
                ? words[0] + "." + words[1]
                : words[0];
    }

    private static void broken(ConditionEvents events, JavaClass type, String how) {
        events.add(SimpleConditionEvent.violated(type, how));
    }
}
