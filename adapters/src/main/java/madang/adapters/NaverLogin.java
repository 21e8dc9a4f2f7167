package madang.adapters;

import static madang.adapters.OidcVerifier.text;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.social.Arrival;
import madang.social.Grant;
import madang.social.Person;
import madang.social.Provider;
import madang.social.SocialLogin;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Naver Login (developers.naver.com). Plain OAuth 2.0: the state protects the code, and who came
/// is told over our own connection. Naver answers its errors with status 200. The e-mail is one
/// that its user wrote down, so it never counts as verified.
public final class NaverLogin implements SocialLogin {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /// Errors that are about us and not about who came.
    private static final Set<String> OURS =
            Set.of("invalid_client", "unauthorized_client", "unsupported_response_type");

    /// An app as it is registered with Naver.
    public record App(String clientId, Secret clientSecret) {}

    private final App app;
    private final Host nid;
    private final Host openapi;
    private final Issuer issuer;
    private final VendorHttp http;
    private final InstantSource clock;

    NaverLogin(
            App app, Host nid, Host openapi, Issuer issuer, VendorHttp http, InstantSource clock) {
        this.app = app;
        this.nid = nid;
        this.openapi = openapi;
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public Provider provider() {
        return Provider.NAVER;
    }

    @Override
    public String issuer() {
        return issuer.name();
    }

    @Override
    public String authorizationAddress(Asking asking) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", app.clientId());
        query.put("redirect_uri", asking.redirectUri());
        query.put("state", asking.state());
        return nid.inBrowser("/oauth2.0/authorize", query);
    }

    @Override
    public Arrival redeem(Code code) {
        Deadline deadline = Deadline.in(PATIENCE);
        Grant grant =
                tokens(
                        Map.of(
                                "grant_type", "authorization_code",
                                "code", code.code(),
                                "state", code.state()),
                        Failure.of(Failure.Kind.MALFORMED, "SOCIAL_CODE_REFUSED"),
                        deadline);
        if (grant.accessToken() == null) {
            throw http.useless("no access token");
        }
        return new Arrival(me(grant.accessToken().value(), deadline), grant);
    }

    @Override
    public Grant refresh(String refreshToken) {
        return tokens(
                Map.of("grant_type", "refresh_token", "refresh_token", refreshToken),
                OidcVerifier.refused(),
                Deadline.in(PATIENCE));
    }

    @Override
    public void unlink(String subject, @Nullable Grant grant) {
        if (grant != null && grant.accessToken() != null) {
            var _ =
                    tokens(
                            Map.of(
                                    "grant_type", "delete",
                                    "access_token", grant.accessToken().value(),
                                    "service_provider", "NAVER"),
                            OidcVerifier.refused(),
                            Deadline.in(PATIENCE));
        }
    }

    /// `notGranted` is what is said where Naver does not know the code or token.
    private Grant tokens(Map<String, String> wish, Failure notGranted, Deadline deadline) {
        Map<String, String> form = new LinkedHashMap<>(wish);
        form.put("client_id", app.clientId());
        form.put("client_secret", app.clientSecret().value());
        VendorHttp.Answer answer = http.post(nid.path("/oauth2.0/token"), form, Map.of(), deadline);
        @Nullable String error = text(answer.json(), "error");
        if (answer.isGood() && error == null) {
            return Tokens.of(answer.json(), clock.instant()).grant();
        }
        throw error != null && OURS.contains(error) ? http.useless(error) : notGranted;
    }

    private Person me(String accessToken, Deadline deadline) {
        VendorHttp.Answer answer =
                http.get(
                        openapi.path("/v1/nid/me"),
                        Map.of("Authorization", "Bearer " + accessToken),
                        deadline);
        JsonNode user = answer.json().path("response");
        @Nullable String id = text(user, "id");
        boolean isTold = answer.isGood() && "00".equals(text(answer.json(), "resultcode"));
        if (!isTold || id == null || !Person.isName(id)) {
            throw http.useless("a profile was refused with " + answer.status());
        }
        return new Person(
                issuer.name(),
                id,
                text(user, "nickname"),
                text(user, "email"),
                false,
                text(user, "profile_image"),
                Births.of(text(user, "birthyear"), text(user, "birthday"), text(user, "age")));
    }
}
