package madang.kit.http;

import java.util.List;
import madang.kit.Failure;
import madang.kit.Language;

/// A way to speak HTTP: what a request passes before its route answers, whose tokens count on it,
/// and how answers and refusals look. The native face is ours; a dialect is the face of a system
/// whose clients cannot be changed. Every route has one; features know of none.
public interface Face {
    /// Names it in metrics and in the document.
    String name();

    /// In this order: where several refusals would be right, the first one wins.
    List<Filter> filters();

    Reply answer(ApiResponse response, Language language);

    Reply problem(Failure failure, Language language);

    /// Go with every answer; a route may say otherwise.
    SecurityHeaders headers();
}
