package madang.recovery;

import java.time.Instant;
import java.util.Map;
import madang.identity.Agreed;
import madang.identity.Form;
import madang.identity.Me;
import madang.identity.SignInAnswer;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import madang.kit.json.CodePoints;
import org.jspecify.annotations.Nullable;

/// Recovery over HTTP. Every route here is limited by address: those that send, and, because they
/// cost what a sign-in costs, those that let in.
final class RecoveryApi {
    private static final String AUTH = "/api/v1/auth";
    private static final String ME = "/api/v1/users/me";

    record ForgotPassword(@CodePoints(max = 254) @Form(Form.Kind.EMAIL) String email) {}

    record ResetPassword(
            @CodePoints(min = 1, max = 100) String token,
            @Form(Form.Kind.NEW_PASSWORD) String newPassword) {}

    record AskMagicLink(@CodePoints(max = 254) @Form(Form.Kind.EMAIL) String email) {}

    record UseLink(@CodePoints(min = 1, max = 100) String token) {}

    record UseMagicLink(
            @CodePoints(min = 1, max = 100) String token,
            @CodePoints(max = 50) @Form(Form.Kind.NICKNAME) @Nullable String nickname,
            @Nullable Map<String, String> consents) {}

    record ChangeEmail(
            @CodePoints(max = 254) @Form(Form.Kind.EMAIL) String email,
            @CodePoints(min = 1, max = 1_000) @Nullable String password) {}

    record SendPhoneCode(@Form(Form.Kind.PHONE) String phone) {}

    record ChangePhone(
            @Form(Form.Kind.PHONE) String phone,
            @CodePoints(min = 1, max = 1_000) @Nullable String password) {}

    record UsePhoneCode(
            @CodePoints(min = 1, max = 64) String verificationId,
            @CodePoints(min = 1, max = 16) String code) {}

    record EnterByCode(
            @CodePoints(min = 1, max = 64) String verificationId,
            @CodePoints(min = 1, max = 16) String code,
            @CodePoints(max = 50) @Form(Form.Kind.NICKNAME) @Nullable String nickname,
            @Nullable Map<String, String> consents) {}

    record Verification(String verificationId, Instant expiresAt) {}

    private final Recovery recovery;
    private final SignInAnswer answer;

    RecoveryApi(Recovery recovery, SignInAnswer answer) {
        this.recovery = recovery;
        this.answer = answer;
    }

    void routes(Routes routes) {
        routes.post(
                        AUTH + "/forgot-password",
                        Access.PUBLIC,
                        Limit.RECOVERY,
                        ForgotPassword.class,
                        this::forgotPassword)
                .summary("Mail me a link to set a new password; the same answer for every address");
        routes.post(
                        AUTH + "/reset-password",
                        Access.PUBLIC,
                        Limit.API,
                        ResetPassword.class,
                        this::resetPassword)
                .summary("Set a new password by a mailed link; ends all sessions")
                .answersSecrets();
        routes.post(
                        AUTH + "/magic-link",
                        Access.PUBLIC,
                        Limit.RECOVERY,
                        AskMagicLink.class,
                        this::askMagicLink)
                .summary("Mail me a link to sign in or up; the same answer for every address");
        routes.post(
                        AUTH + "/magic-link/verify",
                        Access.PUBLIC,
                        Limit.API,
                        UseMagicLink.class,
                        this::useMagicLink)
                .summary("Sign in by a mailed link, or up: 201 where it made the account")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(
                        AUTH + "/verify-email",
                        Access.PUBLIC,
                        Limit.API,
                        UseLink.class,
                        this::verifyEmail)
                .summary("Prove an e-mail address by a mailed link")
                .answersSecrets();
        routes.post(
                        AUTH + "/phone/send",
                        Access.PUBLIC,
                        Limit.RECOVERY,
                        SendPhoneCode.class,
                        this::sendCode)
                .summary("Send a code to a phone, to sign in or up")
                .answers(201, Verification.class);
        routes.post(
                        AUTH + "/phone/verify",
                        Access.PUBLIC,
                        Limit.API,
                        EnterByCode.class,
                        this::enterByCode)
                .summary("Sign in by the code, or up: 201 where it made the account")
                .answers(200, SignInAnswer.Tokens.class)
                .answersSecrets();
        routes.post(
                        ME + "/email",
                        Access.USER,
                        Limit.RECOVERY,
                        ChangeEmail.class,
                        this::changeEmail)
                .summary("Mail a link to an address of mine; it is mine when I follow it")
                .answersSecrets();
        routes.post(
                        ME + "/phone",
                        Access.USER,
                        Limit.RECOVERY,
                        ChangePhone.class,
                        this::changePhone)
                .summary("Send a code to a phone of mine")
                .answers(201, Verification.class)
                .answersSecrets();
        routes.put(ME + "/phone", Access.USER, Limit.API, UsePhoneCode.class, this::confirmPhone)
                .summary("Prove a phone number by its code; it is mine then")
                .answers(200, Me.class)
                .answersSecrets();
    }

    private ApiResponse forgotPassword(ApiRequest request, ForgotPassword command) {
        recovery.forgotPassword(request.caller(), command.email());
        return ApiResponse.done("ok.reset_mailed");
    }

    private ApiResponse resetPassword(ApiRequest request, ResetPassword command) {
        recovery.resetPassword(command.token(), new Secret(command.newPassword()));
        return ApiResponse.done("ok.password_reset");
    }

    private ApiResponse askMagicLink(ApiRequest request, AskMagicLink command) {
        recovery.askMagicLink(request.caller(), command.email());
        return ApiResponse.done("ok.link_mailed");
    }

    private ApiResponse useMagicLink(ApiRequest request, UseMagicLink command) {
        return letIn(
                request,
                recovery.useMagicLink(
                        coming(request, command.nickname(), command.consents()), command.token()));
    }

    private ApiResponse verifyEmail(ApiRequest request, UseLink command) {
        recovery.verifyEmail(command.token());
        return ApiResponse.done("ok.email_verified");
    }

    private ApiResponse sendCode(ApiRequest request, SendPhoneCode command) {
        return sent(recovery.sendCode(request.caller(), command.phone()));
    }

    private ApiResponse enterByCode(ApiRequest request, EnterByCode command) {
        return letIn(
                request,
                recovery.enterByCode(
                        coming(request, command.nickname(), command.consents()),
                        Id.parse(command.verificationId()),
                        command.code()));
    }

    private static Recovery.Coming coming(
            ApiRequest request, @Nullable String nickname, @Nullable Map<String, String> consents) {
        return new Recovery.Coming(
                SignInAnswer.visitor(request), request.language(), nickname, Agreed.to(consents));
    }

    private ApiResponse changeEmail(ApiRequest request, ChangeEmail command) {
        recovery.changeEmail(request.member(), command.email(), secret(command.password()));
        return ApiResponse.done("ok.link_mailed");
    }

    private ApiResponse changePhone(ApiRequest request, ChangePhone command) {
        return sent(
                recovery.changePhone(
                        request.member(), command.phone(), secret(command.password())));
    }

    private ApiResponse confirmPhone(ApiRequest request, UsePhoneCode command) {
        return ApiResponse.ok(
                recovery.confirmPhone(
                        request.member(), Id.parse(command.verificationId()), command.code()));
    }

    private ApiResponse letIn(ApiRequest request, Recovery.Entered entered) {
        return answer.of(entered.isNew() ? 201 : 200, request, entered.signedIn());
    }

    private static ApiResponse sent(Recovery.CodeSent sent) {
        return ApiResponse.created(
                new Verification(sent.verificationId().toString(), sent.expiresAt()));
    }

    private static @Nullable Secret secret(@Nullable String password) {
        return password == null ? null : new Secret(password);
    }
}
