package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The house keeps its rules, and each rule bites: a small house below `planted` breaks every one.
class ArchitectureTest {
    private static final JavaClasses HOUSE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("madang");
    private static final JavaClasses PLANTED =
            new ClassFileImporter().importPackages("madang.rules.planted");

    /// A rule, and the classes of the planted house that it must catch.
    record Planted(String name, Function<HouseRules, ArchRule> rule, String... culprits) {
        ArchRule of(String root) {
            return rule.apply(new HouseRules(root)).allowEmptyShould(true);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Planted> rules() {
        return Stream.of(
                new Planted("arrows", HouseRules::arrows, "kit.Kettle", "live.Hub"),
                new Planted("known rooms", HouseRules::knownRooms, "barn.Hay"),
                new Planted("no cycles", HouseRules::noCycles, "identity.Gate", "live.Hub"),
                new Planted("flat rooms", HouseRules::flatRooms, "chat.deep.Layer"),
                new Planted("jetty", HouseRules::jettyInTheWebLayer, "chat.Doorway"),
                new Planted("jdbc", HouseRules::jdbcInTheKit, "chat.Doorway"),
                new Planted("private parts", HouseRules::privateParts, "chat.Ledger"),
                new Planted("stores", HouseRules::storesTakeTransactions, "chat.RoomStore"),
                new Planted("endpoints", HouseRules::thinEndpoints, "chat.ChatApi"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_house_keeps_it(Planted planted) {
        planted.of("madang").check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void it_bites(Planted planted) {
        List<String> found =
                planted.of("madang.rules.planted")
                        .evaluate(PLANTED)
                        .getFailureReport()
                        .getDetails();
        for (String culprit : planted.culprits()) {
            assertThat(found).anySatisfy(line -> assertThat(line).contains("planted." + culprit));
        }
    }
}
