package madang.passkeys;

import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import madang.identity.SignInAnswer;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// Passkeys over HTTP. What a device is asked and what it answers are WebAuthn's own JSON (Level 3
/// §5.1), to be handed on as they are.
final class PasskeyApi {
    private static final String MINE = "/api/v1/users/me/passkeys";
    private static final String ONE = MINE + "/{passkey}";
    private static final String SIGN_IN = "/api/v1/auth/passkey";

    private final Passkeys passkeys;
    private final RelyingParty.Address address;
    private final SignInAnswer answers;

    PasskeyApi(Passkeys passkeys, RelyingParty.Address address, SignInAnswer answers) {
        this.passkeys = passkeys;
        this.address = address;
        this.answers = answers;
    }

    /// What to hand to `navigator.credentials`.
    record PasskeyOptions(Map<String, Object> publicKey) {}

    /// A passkey as its owner sees it.
    ///
    /// @param authenticator the product that keeps it, where it says so
    /// @param isSynced whether that product has copies of it on other devices
    record PasskeyView(
            Id<Passkey> id,
            @Nullable String name,
            @Nullable String authenticator,
            boolean isSynced,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {}

    void routes(Routes routes) {
        routes.post(MINE + "/options", Access.USER, Limit.API, InvitePasskey.class, this::invite)
                .summary("What my device is asked for a new passkey; good once, for five minutes")
                .bodyOptional()
                .answersSecrets()
                .answers(200, PasskeyOptions.class);
        routes.post(MINE, Access.USER, Limit.API, AddPasskey.class, this::add)
                .summary("Keep a new passkey: the RegistrationResponseJSON of my device")
                .answersSecrets()
                .answers(201, PasskeyView.class);
        routes.get(MINE, Access.USER, Limit.API, this::list)
                .summary("My passkeys, the oldest first, all on one page")
                .answersListOf(PasskeyView.class);
        routes.patch(ONE, Access.USER, Limit.API, RenamePasskey.class, this::rename)
                .summary("Name a passkey")
                .answers(200, PasskeyView.class);
        routes.delete(ONE, Access.USER, Limit.API, this::remove)
                .summary("Forget a passkey; never the last way in");
        routes.post(SIGN_IN + "/options", Access.PUBLIC, Limit.API, this::challenge)
                .summary("What a device is asked to sign in; good once, for five minutes")
                .answersSecrets()
                .answers(200, PasskeyOptions.class);
        routes.post(SIGN_IN, Access.PUBLIC, Limit.API, UsePasskey.class, this::signIn)
                .summary("Sign in with a passkey: the AuthenticationResponseJSON of the device")
                .answersSecrets()
                .answers(200, SignInAnswer.Tokens.class);
    }

    private ApiResponse invite(ApiRequest request, InvitePasskey command) {
        RelyingParty us = us(request);
        Passkeys.Invitation invitation = passkeys.invite(request.member(), command);
        return ApiResponse.ok(new PasskeyOptions(creation(us, invitation)));
    }

    private ApiResponse add(ApiRequest request, AddPasskey command) {
        return ApiResponse.created(view(passkeys.add(request.caller(), us(request), command)));
    }

    private ApiResponse list(ApiRequest request) {
        return ApiResponse.ok(
                new Page<>(passkeys.of(request.caller()).stream().map(this::view).toList(), null));
    }

    private ApiResponse rename(ApiRequest request, RenamePasskey command) {
        return ApiResponse.ok(view(passkeys.rename(request.caller(), passkey(request), command)));
    }

    private ApiResponse remove(ApiRequest request) {
        passkeys.remove(request.caller(), passkey(request));
        return ApiResponse.done("ok.passkey_removed");
    }

    private ApiResponse challenge(ApiRequest request) {
        RelyingParty us = us(request);
        return ApiResponse.ok(new PasskeyOptions(question(us, passkeys.challenge())));
    }

    private ApiResponse signIn(ApiRequest request, UsePasskey command) {
        return answers.of(
                200, request, passkeys.signIn(SignInAnswer.visitor(request), us(request), command));
    }

    /// PublicKeyCredentialCreationOptionsJSON.
    private static Map<String, Object> creation(RelyingParty us, Passkeys.Invitation invitation) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("rp", Map.of("id", us.id(), "name", us.name()));
        options.put("user", user(invitation));
        options.put("challenge", base64(invitation.challenge()));
        options.put(
                "pubKeyCredParams",
                Ceremonies.ALGORITHMS.stream()
                        .map(algorithm -> Map.of("type", "public-key", "alg", algorithm.getValue()))
                        .toList());
        options.put("timeout", Challenges.LIFE.toMillis());
        options.put(
                "excludeCredentials",
                invitation.known().stream().map(PasskeyApi::descriptor).toList());
        options.put(
                "authenticatorSelection",
                Map.of(
                        "residentKey",
                        "required",
                        "requireResidentKey",
                        true,
                        "userVerification",
                        "required"));
        options.put("attestation", "none");
        return options;
    }

    /// PublicKeyCredentialRequestOptionsJSON. It names no credential, so the device offers those
    /// that it has for us, and asking tells nobody who has an account.
    private static Map<String, Object> question(RelyingParty us, byte[] challenge) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("challenge", base64(challenge));
        options.put("rpId", us.id());
        options.put("timeout", Challenges.LIFE.toMillis());
        options.put("userVerification", "required");
        return options;
    }

    private static Map<String, Object> user(Passkeys.Invitation invitation) {
        var user = invitation.user();
        @Nullable String username = user.username();
        return Map.of(
                "id",
                base64(Passkeys.handle(user.id())),
                "name",
                username == null ? user.nickname() : username,
                "displayName",
                user.nickname());
    }

    private static Map<String, Object> descriptor(Passkey passkey) {
        return Map.of(
                "type",
                "public-key",
                "id",
                base64(passkey.credentialId()),
                "transports",
                passkey.transports());
    }

    private PasskeyView view(Passkey passkey) {
        return new PasskeyView(
                passkey.id(),
                passkey.name(),
                Authenticators.product(passkeys.model(passkey)),
                passkey.isBackedUp(),
                passkey.createdAt(),
                passkey.lastUsedAt());
    }

    private RelyingParty us(ApiRequest request) {
        return address.of(request.ownOrigin());
    }

    private static Id<Passkey> passkey(ApiRequest request) {
        return request.id("passkey", "PASSKEY_NOT_FOUND");
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
