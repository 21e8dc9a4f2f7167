package madang.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import madang.rules.Tree.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Style that is checked by an ordinary test; each look is also shown a planted fault.
class TidyTest {
    private static final Tree TREE = Tree.read();

    private interface Look {
        List<String> at(Source source);
    }

    @Test
    void main_sources_make_no_banned_call() {
        assertThat(faults(TidyTest::isMain, Tidy::bannedCalls)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Instant.now()",
                "LocalDate.now(zone)",
                "new Date()",
                "System.currentTimeMillis()",
                "InstantSource.system()",
                "UUID.randomUUID()",
                "new Random()",
                "System.getenv(\"HOME\")",
                "thrown.printStackTrace()",
                "System.out.println(1)",
                "new Thread(work)"
            })
    void a_banned_call_is_named_with_what_to_write(String call) {
        assertThat(Tidy.bannedCalls(java("    int i; Object o = " + call + ";")))
                .singleElement()
                .asString()
                .startsWith(PLANTED + ":1: ")
                .contains("write");
        assertThat(Tidy.bannedCalls(java("    // not " + call))).isEmpty();
    }

    @Test
    void sql_is_whole() {
        assertThat(faults(TidyTest::isMain, Tidy::joinedSql)).isEmpty();
        assertThat(Tidy.joinedSql(java("tx.sql(\"select 1 where a = '\" + name + \"'\")")))
                .hasSize(1);
        assertThat(Tidy.joinedSql(java("tx.sql(\"select \" + COLUMNS + \" from a\")"))).isEmpty();
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(faults(_ -> true, Tidy::unfinished)).isEmpty();
        assertThat(Tidy.unfinished(java("// TO" + "DO: all of it"))).hasSize(1);
        assertThat(Tidy.unfinished(java("@Dis" + "abled(\"flaky\")"))).hasSize(1);
    }

    @Test
    void nothing_knows_the_machine_it_was_written_on() {
        assertThat(faults(_ -> true, Tidy::machinePaths)).isEmpty();
        assertThat(Tidy.machinePaths(java("Path.of(\"" + "/ho" + "me/mina/madang\")"))).hasSize(1);
        assertThat(Tidy.machinePaths(java("GET /rooms/home/work"))).isEmpty();
    }

    @Test
    void packages_tell_what_they_own() {
        assertThat(Tidy.silentPackages(TREE.files().keySet())).isEmpty();
        assertThat(Tidy.silentPackages(Set.of("server/src/main/java/madang/barn/Hay.java")))
                .containsExactly("server/src/main/java/madang/barn/: no package-info.java");
    }

    @Test
    void pages_name_files_that_are_there() {
        assertThat(faults(Source::isPage, page -> Tidy.lostFiles(page, TidyTest::isThere)))
                .isEmpty();
        Source page =
                new Source("do" + "cs/planted.md", "`Gone.java`, [gone](gone.md), [top](#top)");
        assertThat(Tidy.lostFiles(page, TidyTest::isThere))
                .containsExactly(
                        "do" + "cs/planted.md:1: there is no gone.md",
                        "do" + "cs/planted.md:1: there is no Gone.java");
        assertThat(Tidy.lostFiles(new Source("README.md", "`RoomWriter.java`"), TidyTest::isThere))
                .isEmpty();
    }

    @Test
    void sources_refer_to_pages_that_are_there() {
        assertThat(
                        faults(
                                source -> !source.isPage(),
                                source -> Tidy.lostPages(source, TidyTest::isThere)))
                .isEmpty();
        assertThat(Tidy.lostPages(java("/// See do" + "cs/gone.md."), TidyTest::isThere))
                .hasSize(1);
    }

    @Test
    void no_secret_lies_around() {
        assertThat(faults(source -> !source.path().contains("/src/test/"), Tidy::secrets))
                .isEmpty();
        assertThat(Tidy.secrets(java("-----BEGIN RSA PRIVATE" + " KEY-----"))).hasSize(1);
        assertThat(Tidy.secrets(java("\"q7Zk2pX9vB4nM8sL1" + "cR6tY3wF5hJ0dGa\""))).hasSize(1);
        assertThat(Tidy.secrets(java("AKIA" + "ABCDEFGHIJKLMNOP"))).hasSize(1);
    }

    private static final String PLANTED = "server/src/main/java/madang/barn/Planted.java";

    private static boolean isMain(Source source) {
        return source.isJava() && source.isMain();
    }

    private static Source java(String line) {
        return new Source(PLANTED, line);
    }

    private static List<String> faults(Predicate<Source> of, Look look) {
        return TREE.sources(of).flatMap(source -> look.at(source).stream()).toList();
    }

    /// From the page's own folder, from the root, or as the end of a path: `RoomWriter.java`.
    private static boolean isThere(Source page, String name) {
        String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        String beside = Path.of(page.path()).resolveSibling(plain).normalize().toString();
        return Stream.of(plain, beside)
                .anyMatch(wanted ->
                        TREE.files().keySet().stream()
                                .anyMatch(path ->
                                        path.equals(wanted)
                                                || path.endsWith("/" + wanted)
                                                || path.startsWith(wanted + "/")));
    }
}
