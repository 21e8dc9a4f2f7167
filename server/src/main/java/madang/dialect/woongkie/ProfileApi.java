package madang.dialect.woongkie;

import madang.dialect.woongkie.Views.UserJson;
import madang.identity.Administration;
import madang.identity.ChangeProfile;
import madang.identity.DialectTokens;
import madang.identity.Identity;
import madang.identity.UserView;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.json.Patch;
import org.jspecify.annotations.Nullable;

/// What people show of themselves.
final class ProfileApi {
    private static final int MAX_STATUS = 100;

    /// `bio` is `status_message` by another name.
    record ChangedProfile(
            Patch<@Nullable String> displayName,
            Patch<@Nullable String> statusMessage,
            Patch<@Nullable String> bio,
            Patch<@Nullable String> avatarUrl) {}

    private final Identity identity;
    private final Administration administration;
    private final DialectTokens tokens;
    private final Translator translator;

    ProfileApi(
            Identity identity,
            Administration administration,
            DialectTokens tokens,
            Translator translator) {
        this.identity = identity;
        this.administration = administration;
        this.tokens = tokens;
        this.translator = translator;
    }

    void routes(Routes everywhere) {
        everywhere
                .get("/users/{username}/profile", Access.USER, WoongkieFace.GENERAL, this::profile)
                .summary("What somebody shows of himself")
                .answers(200, UserJson.class);
        everywhere
                .put(
                        "/users/me/profile",
                        Access.USER,
                        WoongkieFace.GENERAL,
                        ChangedProfile.class,
                        this::change)
                .summary("Change what I show of myself; absent fields stay")
                .answers(200, UserJson.class);
    }

    private ApiResponse profile(ApiRequest request) {
        UserView user =
                translator
                        .named(request.place("username"))
                        .orElseThrow(() -> Failure.notFound("USER_NOT_FOUND"));
        return ApiResponse.ok(seenBy(request.caller(), user));
    }

    private UserJson seenBy(Caller caller, UserView user) {
        if (user.id().equals(caller.user())) {
            return translator.me(identity.me(caller));
        }
        return caller instanceof Caller.Member member && tokens.isAdmin(member)
                ? administration
                        .account(user.id())
                        .map(translator::account)
                        .orElseGet(() -> translator.user(user))
                : translator.user(user);
    }

    private ApiResponse change(ApiRequest request, ChangedProfile command) {
        Patch<String> status =
                orEmpty(command.statusMessage().given() ? command.statusMessage() : command.bio());
        Patch<String> avatar = orEmpty(command.avatarUrl());
        String name = orEmpty(command.displayName()).or("").strip();
        AuthApi.requireDisplayName(name);
        if (status.or("").codePointCount(0, status.or("").length()) > MAX_STATUS) {
            throw Words.no("status_message_form");
        }
        if (!AvatarUrl.isAllowed(avatar.or(""))) {
            throw Words.no("avatar_form");
        }
        return ApiResponse.ok(
                translator.me(
                        identity.change(
                                request.caller(),
                                new ChangeProfile(
                                        displayName(request, command, name),
                                        avatar.map(url -> url.isEmpty() ? null : url),
                                        status.map(text -> text),
                                        Patch.absent(),
                                        Patch.absent(),
                                        Patch.absent(),
                                        Patch.absent()))));
    }

    /// An emptied name is the username again.
    private Patch<String> displayName(ApiRequest request, ChangedProfile command, String name) {
        if (!command.displayName().given()) {
            return Patch.absent();
        }
        return Patch.of(name.isEmpty() ? translator.name(request.caller().user()) : name);
    }

    private static Patch<String> orEmpty(Patch<@Nullable String> field) {
        return field.map(text -> text == null ? "" : text);
    }
}
