package madang.kit.http;

/// One step on a request's way to its route. It refuses by a `Failure`, or lets the next one
/// answer.
public interface Filter {
    Reply pass(ApiRequest request, Route route, Next next);

    interface Next {
        Reply go();
    }
}
