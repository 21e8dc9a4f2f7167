package madang.sandbox.stand;

import madang.kit.http.ApiResponse;

/// A vendor says no, in his own words.
public final class Refused extends RuntimeException {
    private final transient ApiResponse answer;

    public Refused(ApiResponse answer) {
        super("refused", null, false, false);
        this.answer = answer;
    }

    ApiResponse answer() {
        return answer;
    }
}
