package madang.sandbox.stand;

import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;

/// Where one vendor is played: his rows of the route table, below `/sandbox/<vendor>`. Open to
/// whoever comes, as the vendor is, and left out of the document, as it is no part of the product.
public final class Stall {
    public static final Limit LIMIT = Limit.ofAddresses("sandbox");
    public static final String ROOT = "/sandbox";

    private final Routes routes;
    private final String root;

    /// @param vendor empty for the sandbox's own pages
    public Stall(Routes routes, String vendor) {
        this.routes = routes;
        this.root = vendor.isEmpty() ? ROOT : ROOT + "/" + vendor;
    }

    public Stall get(String path, Routes.Answer answer) {
        routes.get(root + path, Access.PUBLIC, LIMIT, orRefusal(answer)).hidden();
        return this;
    }

    public Stall post(String path, Routes.Answer answer) {
        routes.post(root + path, Access.PUBLIC, LIMIT, orRefusal(answer)).hidden();
        return this;
    }

    /// What the vendor answers alike by either method.
    public Stall both(String path, Routes.Answer answer) {
        return get(path, answer).post(path, answer);
    }

    private static Routes.Answer orRefusal(Routes.Answer answer) {
        return request -> answerOrRefusal(answer, request);
    }

    private static ApiResponse answerOrRefusal(Routes.Answer answer, ApiRequest request) {
        try {
            return answer.to(request);
        } catch (Refused refused) {
            return refused.answer();
        }
    }
}
