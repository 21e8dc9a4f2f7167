package madang.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the pages have agreed on, read out of their files.
class HouseRulesTest {
    private static final Map<String, String> MODULES = WebFiles.where(name -> name.endsWith(".js"));
    private static final Map<String, String> CODE =
            WebFiles.where(name -> !name.endsWith(".svg") && !name.endsWith("tokens.css"));

    @Test
    void no_file_names_another_host() {
        Pattern host = Pattern.compile("((?:https?|wss?):?//[a-z0-9])", Pattern.CASE_INSENSITIVE);
        Map<String, String> all = WebFiles.where(name -> !name.equals("kit/madang.svg"));
        assertThat(WebFiles.findings(all, host)).isEmpty();
    }

    @Test
    void only_the_api_fetches_and_only_the_socket_opens_sockets() {
        assertThat(users("(?<![#\\w])fetch\\(")).isEqualTo(Set.of("client/api.js"));
        assertThat(users("globalThis\\.WebSocket")).isEqualTo(Set.of("client/socket.js"));
        assertThat(users("new WebSocket\\(")).isEmpty();
        assertThat(users("new XMLHttpRequest")).isEqualTo(Set.of("client/upload.js"));
        assertThat(users("EventSource|sendBeacon")).isEmpty();
    }

    @Test
    void only_the_tokens_name_colours() {
        Pattern colour =
                Pattern.compile(
                        "(#[0-9a-f]{3,8};|\\b(?:rgb|hsl|oklch|color-mix)\\(|(?:color|background):"
                                + " (?:white|black|red|green|blue|gray|grey)\\b)");
        assertThat(WebFiles.findings(CODE, colour)).isEmpty();
    }

    /// Media queries cannot read tokens; everything else can.
    @Test
    void only_the_tokens_name_sizes_in_pixels() {
        Pattern pixels = Pattern.compile("(?m)^(?!.*@media)(.*\\b\\d+px\\b.*)$");
        assertThat(WebFiles.findings(CODE, pixels)).isEmpty();
    }

    @Test
    void every_token_that_is_used_exists() {
        String tokens = WebFiles.ALL.get("kit/tokens.css");
        Set<String> setByComponents = Set.of("icon", "avatar-size");
        Pattern use = Pattern.compile("var\\(--([a-z0-9-]+)");
        for (String file : CODE.values()) {
            for (String token : WebFiles.all(use, file)) {
                assertThat(setByComponents.contains(token) || tokens.contains("--" + token + ":"))
                        .as(token)
                        .isTrue();
            }
        }
    }

    @Test
    void nothing_goes_around_the_policy_or_the_escaping() {
        Pattern detour =
                Pattern.compile(
                        "(innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|unsafeCSS|styleMap"
                                + "|\\beval\\(|new Function|\\sstyle=|javascript:)");
        assertThat(WebFiles.findings(CODE, detour)).isEmpty();
    }

    @Test
    void every_picture_that_is_named_exists() {
        Pattern icon =
                Pattern.compile("(?:\\bicon: ?'|\\bicon=\"|<m-icon[^>]* name=\")([a-z0-9-]+)[\"']");
        WebJars jars = new WebJars(getClass().getClassLoader());
        for (String module : MODULES.values()) {
            for (String name : WebFiles.all(icon, module)) {
                jars.path("bootstrap-icons", "icons/" + name + ".svg");
            }
        }
    }

    /// A module that takes what another does not give never runs, and its part of the page stays
    /// empty.
    @Test
    void what_is_taken_from_a_module_is_given_by_it() {
        Pattern taken = Pattern.compile("import \\{([^}]+)} from '(\\.[^']+)'");
        MODULES.forEach((name, text) -> {
            Matcher imports = taken.matcher(text);
            while (imports.find()) {
                String from = Path.of(name).resolveSibling(imports.group(2)).normalize().toString();
                for (String what : imports.group(1).split(",", -1)) {
                    assertThat(gives(MODULES.get(from), what.strip().split(" as ", -1)[0]))
                            .as(name + " takes " + what + " from " + from)
                            .isTrue();
                }
            }
        });
    }

    private static boolean gives(@Nullable String module, String name) {
        return module != null
                && (name.isEmpty()
                        || Pattern.compile(
                                        "export (?:async )?(?:const|let|class|function\\*?) %1$s\\b|export \\{[^}]*\\b%1$s\\b"
                                                .formatted(Pattern.quote(name)))
                                .matcher(module)
                                .find());
    }

    @Test
    void one_component_a_file_and_no_monsters() {
        Pattern component = Pattern.compile("(?m)^define\\('([a-z-]+)'");
        MODULES.forEach((name, text) -> {
            assertThat(WebFiles.all(component, text)).as(name).hasSizeLessThanOrEqualTo(1);
            assertThat(text.lines().count()).as(name).isLessThan(300);
        });
    }

    private static Set<String> users(String call) {
        Pattern pattern = Pattern.compile(call);
        return WebFiles.where(name ->
                        name.endsWith(".js") && pattern.matcher(WebFiles.ALL.get(name)).find())
                .keySet();
    }
}
