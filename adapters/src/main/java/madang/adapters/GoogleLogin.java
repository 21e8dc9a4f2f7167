package madang.adapters;

import static madang.adapters.OidcVerifier.text;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import madang.kit.Failure;
import madang.kit.Secret;
import madang.kit.json.Json;
import madang.social.Arrival;
import madang.social.Birth;
import madang.social.Grant;
import madang.social.OidcLogin;
import madang.social.Person;
import madang.social.Provider;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Google Sign-In (OpenID Connect). The ID token says who came; the answer's scopes say what he
/// allowed, for each can be unticked. A refresh token is asked for only where something of the
/// calendar is, because signing in needs none.
public final class GoogleLogin implements OidcLogin {
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final String CALENDAR = "https://www.googleapis.com/auth/calendar";

    /// Our clients as they are registered with Google. The web's redeems codes; the audiences are
    /// all whose ID tokens count.
    public record App(String clientId, Secret clientSecret, Set<String> audiences, String scopes) {}

    /// Google's hosts, each for its own part.
    public record Hosts(Host accounts, Host oauth, Host keys) {}

    private final App app;
    private final Hosts hosts;
    private final Issuer issuer;
    private final VendorHttp http;
    private final OidcVerifier verifier;
    private final OidcVerifier eventVerifier;
    private final InstantSource clock;

    GoogleLogin(
            App app, Hosts hosts, Issuer issuer, VendorHttp http, Json json, InstantSource clock) {
        this.app = app;
        this.hosts = hosts;
        this.issuer = issuer;
        this.http = http;
        this.clock = clock;
        KeyRing keys = new KeyRing(this::keys, System::nanoTime);
        verifier = new OidcVerifier(issuer.accepted(), app.audiences(), keys, json, clock);
        eventVerifier = new OidcVerifier(ofEvents().accepted(), app.audiences(), keys, json, clock);
    }

    @Override
    public Provider provider() {
        return Provider.GOOGLE;
    }

    @Override
    public String issuer() {
        return issuer.name();
    }

    @Override
    public String authorizationAddress(Asking asking) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", app.clientId());
        query.put("redirect_uri", asking.redirectUri());
        query.put("response_type", "code");
        query.put("scope", scopes(asking));
        query.put("state", asking.state());
        query.put("nonce", asking.nonce());
        query.put("code_challenge", asking.challenge());
        query.put("code_challenge_method", "S256");
        query.put("include_granted_scopes", "true");
        if (scopes(asking).contains(CALENDAR)) {
            query.put("access_type", "offline");
            query.put("prompt", "consent");
        }
        return hosts.accounts().inBrowser("/o/oauth2/v2/auth", query);
    }

    private String scopes(Asking asking) {
        return asking.withCalendar() && !app.scopes().contains(CALENDAR)
                ? app.scopes() + " " + CALENDAR + ".events"
                : app.scopes();
    }

    @Override
    public Arrival redeem(Code code) {
        Map<String, String> wish = new LinkedHashMap<>();
        wish.put("grant_type", "authorization_code");
        wish.put("code", code.code());
        wish.put("redirect_uri", code.redirectUri());
        if (code.verifier() != null) {
            wish.put("code_verifier", code.verifier());
        }
        Tokens tokens =
                tokens(
                        wish,
                        Failure.of(Failure.Kind.MALFORMED, "SOCIAL_CODE_REFUSED"),
                        Deadline.in(PATIENCE));
        if (tokens.idToken() == null) {
            throw http.useless("no ID token");
        }
        return new Arrival(
                person(verifier.idToken(tokens.idToken(), code.nonce())), tokens.grant());
    }

    /// A refresh token proves itself by being used: Google gives new tokens for it only to the
    /// client that it was given to.
    @Override
    public Arrival arrival(NativeTokens brought) {
        Deadline deadline = Deadline.in(PATIENCE);
        if (brought.idToken() == null) {
            throw OidcVerifier.refused();
        }
        Person person = person(verifier.idToken(brought.idToken(), brought.nonce()));
        if (brought.refreshToken() != null) {
            Grant fresh =
                    tokens(refreshing(brought.refreshToken()), OidcVerifier.refused(), deadline)
                            .grant();
            return new Arrival(
                    person,
                    new Grant(
                            fresh.accessToken(),
                            fresh.accessTokenUntil(),
                            new Secret(brought.refreshToken()),
                            ours(accessToken(fresh), person, deadline).scopes()));
        }
        return new Arrival(
                person,
                brought.accessToken() == null
                        ? Grant.NONE
                        : ours(brought.accessToken(), person, deadline));
    }

    @Override
    public Grant refresh(String refreshToken) {
        return tokens(refreshing(refreshToken), OidcVerifier.refused(), Deadline.in(PATIENCE))
                .grant();
    }

    @Override
    public void unlink(String subject, @Nullable Grant grant) {
        @Nullable Secret token =
                grant == null || grant.refreshToken() != null || grant.accessToken() == null
                        ? grant == null ? null : grant.refreshToken()
                        : grant.accessToken();
        if (token != null) {
            VendorHttp.Answer answer =
                    http.post(
                            hosts.oauth().path("/revoke"),
                            Map.of("token", token.value()),
                            Map.of(),
                            Deadline.in(PATIENCE));
            if (!answer.isGood() && answer.status() != 400) {
                throw http.useless("revoking is refused with " + answer.status());
            }
        }
    }

    @Override
    public VendorEvent event(String token) {
        return Events.read(eventVerifier.event(token), ofEvents());
    }

    private VendorHttp.Answer keys() {
        return http.get(hosts.keys().path("/oauth2/v3/certs"), Map.of(), Deadline.in(PATIENCE));
    }

    /// In its events Google writes its name with a slash behind it.
    private Issuer ofEvents() {
        return new Issuer(
                issuer.name(),
                issuer.accepted().stream()
                        .flatMap(name -> List.of(name, name + "/").stream())
                        .collect(Collectors.toSet()));
    }

    private static Map<String, String> refreshing(String refreshToken) {
        return Map.of("grant_type", "refresh_token", "refresh_token", refreshToken);
    }

    /// `notGranted` is what is said where Google does not know the code or token.
    private Tokens tokens(Map<String, String> wish, Failure notGranted, Deadline deadline) {
        Map<String, String> form = new LinkedHashMap<>(wish);
        form.put("client_id", app.clientId());
        form.put("client_secret", app.clientSecret().value());
        VendorHttp.Answer answer =
                http.post(hosts.oauth().path("/token"), form, Map.of(), deadline);
        if (answer.isGood()) {
            return Tokens.of(answer.json(), clock.instant());
        }
        @Nullable String error = text(answer.json(), "error");
        throw "invalid_grant".equals(error)
                ? notGranted
                : http.useless(
                        error != null && error.matches("[a-z_]{1,40}") ? error : "tokens refused");
    }

    private String accessToken(Grant grant) {
        if (grant.accessToken() == null) {
            throw http.useless("no access token");
        }
        return grant.accessToken().value();
    }

    /// What an access token allows, once Google has said that it was given to an app of ours by
    /// this very person.
    private Grant ours(String accessToken, Person person, Deadline deadline) {
        if (!Tokens.isToken(accessToken)) {
            throw OidcVerifier.refused();
        }
        VendorHttp.Answer about =
                http.post(
                        hosts.oauth().path("/tokeninfo"),
                        Map.of("access_token", accessToken),
                        Map.of(),
                        deadline);
        @Nullable String audience = text(about.json(), "aud");
        boolean isOurs =
                about.isGood()
                        && audience != null
                        && app.audiences().contains(audience)
                        && person.subject().equals(text(about.json(), "sub"));
        if (!isOurs) {
            throw OidcVerifier.refused();
        }
        return Tokens.brought(accessToken, about.json(), clock.instant());
    }

    private Person person(JsonNode claims) {
        JsonNode isVerified = claims.path("email_verified");
        return new Person(
                issuer.name(),
                Objects.requireNonNull(text(claims, "sub")),
                text(claims, "name"),
                text(claims, "email"),
                isVerified.isBoolean() && isVerified.booleanValue(),
                text(claims, "picture"),
                Birth.UNKNOWN);
    }
}
