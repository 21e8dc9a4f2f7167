package madang.sandbox.stand;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The two forms of every vendor's authorize page: who are you, and what may the app know.
///
/// @param action where both lead, with what the product had asked
public record SignInForms(String action, Map<String, String> asked) {

    /// Somebody to sign in as.
    public record Choice(String key, String name, String note) {}

    /// Something that may be agreed to.
    public record Box(String scope, boolean isTicked, boolean isRequired) {}

    public Html who(Stream<Choice> choices) {
        return Html.of(
                "<form method=\"post\" action=\"{}\">{}<ul class=\"people\">{}</ul></form>",
                action,
                Pages.hidden(asked),
                Html.all(
                        choices.map(choice ->
                                Html.of(
                                        "<li><button name=\"person\" value=\"{}\"><b>{}</b>"
                                                + " <span>{}</span></button></li>",
                                        choice.key(),
                                        choice.name(),
                                        choice.note()))));
    }

    public Html consent(Pages.Page page, String user, Stream<Box> boxes) {
        Map<String, String> unseen = new LinkedHashMap<>(asked);
        unseen.put("sandbox_user", user);
        // So that a form without a ticked box still says that none is.
        unseen.put("sandbox_scopes", "");
        return Html.of(
                """
                <form method="post" action="{}">{}
                  <ul class="boxes">{}</ul>
                  <p class="row"><button class="main" name="sandbox_answer" value="agree">{}</button>
                  <button name="sandbox_answer" value="deny">{}</button></p>
                </form>\
                """,
                action,
                Pages.hidden(unseen),
                Html.all(boxes.map(box -> line(page, box))),
                page.say("page.agree"),
                page.say("page.deny"));
    }

    private static Html line(Pages.Page page, Box box) {
        String state = box.isRequired() ? " checked disabled" : box.isTicked() ? " checked" : "";
        return Html.of(
                "<li><label><input type=\"checkbox\" name=\"sandbox_scopes\" value=\"{}\"{}> {}"
                        + " <span>{}</span></label></li>",
                box.scope(),
                new Html(state),
                box.scope(),
                page.say(box.isRequired() ? "page.required" : "page.optional"));
    }
}
