package madang.identity;

import madang.kit.Caller;
import madang.kit.http.ApiRequest;

/// Who acts upon other people's accounts, and from where: the log asks for both.
public record Staff(Caller caller, String address) {
    public static Staff of(ApiRequest request) {
        return new Staff(request.caller(), request.address());
    }
}
