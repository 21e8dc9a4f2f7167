package madang.kit.http;

import java.util.List;
import madang.kit.Failure;
import madang.kit.Language;

/// How Madang itself speaks: the envelope, in the language of the reader.
record NativeFace(Renderer renderer, Filters order) implements Face {

    @Override
    public String name() {
        return "madang";
    }

    @Override
    public List<Filter> filters() {
        return order.inOrder();
    }

    @Override
    public Reply answer(ApiResponse response, Language language) {
        return renderer.answer(response, language);
    }

    @Override
    public Reply problem(Failure failure, Language language) {
        return renderer.problem(failure, language);
    }

    @Override
    public SecurityHeaders headers() {
        return SecurityHeaders.NATIVE;
    }
}
