package madang.sandbox.stand;

import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Where one vendor is played: his rows of the route table, below `/sandbox/<vendor>`. Open to
/// whoever comes, as the vendor is, and left out of the document, as it is no part of the product.
/// What programs call is struck by the faults that were ordered for this vendor; pages are not.
public final class Stall {
    public static final Limit LIMIT = Limit.ofAddresses("sandbox");
    public static final String ROOT = "/sandbox";

    private final Routes routes;
    private final String root;
    private final Faults.@Nullable OfVendor faults;

    private Stall(Routes routes, String root, Faults.@Nullable OfVendor faults) {
        this.routes = routes;
        this.root = root;
        this.faults = faults;
    }

    public static Stall of(Routes routes, String vendor, Faults.OfVendor faults) {
        return new Stall(routes, ROOT + "/" + vendor, faults);
    }

    /// For pages and switches of the sandbox itself, where nothing fails.
    public static Stall ofPages(Routes routes, String room) {
        return new Stall(routes, ROOT + room, null);
    }

    /// What people look at.
    public Stall page(String path, Routes.Answer answer) {
        routes.get(root + path, Access.PUBLIC, LIMIT, orRefusal(answer)).hidden();
        return this;
    }

    /// What people and tests press.
    public Stall pressed(String path, Routes.Answer answer) {
        routes.post(root + path, Access.PUBLIC, LIMIT, orRefusal(answer)).hidden();
        return this;
    }

    public Stall get(String path, Routes.Answer answer) {
        return page(path, struck(path, answer));
    }

    public Stall post(String path, Routes.Answer answer) {
        return pressed(path, struck(path, answer));
    }

    public Stall put(String path, Routes.Answer answer) {
        routes.put(root + path, Access.PUBLIC, LIMIT, orRefusal(struck(path, answer))).hidden();
        return this;
    }

    public Stall patch(String path, Routes.Answer answer) {
        routes.patch(root + path, Access.PUBLIC, LIMIT, orRefusal(struck(path, answer))).hidden();
        return this;
    }

    public Stall delete(String path, Routes.Answer answer) {
        routes.delete(root + path, Access.PUBLIC, LIMIT, orRefusal(struck(path, answer))).hidden();
        return this;
    }

    /// What the vendor answers alike by either method.
    public Stall both(String path, Routes.Answer answer) {
        return get(path, answer).post(path, answer);
    }

    private Routes.Answer struck(String path, Routes.Answer answer) {
        return faults == null ? answer : request -> faults.strike(path, request, answer);
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
