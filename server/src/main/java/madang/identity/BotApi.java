package madang.identity;

import java.util.List;
import madang.kit.Id;
import madang.kit.Page;
import madang.kit.User;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;

/// A user's own bots over HTTP. A token is shown once, where it is made.
final class BotApi {
    private static final String BOTS = "/api/v1/users/me/bots";

    private final Bots bots;

    BotApi(Bots bots) {
        this.bots = bots;
    }

    record BotToken(Bot bot, String token) {
        static BotToken of(Bots.WithToken made) {
            return new BotToken(made.bot(), made.token());
        }
    }

    void routes(Routes routes) {
        routes.post(BOTS, Access.USER, Limit.API, MakeBot.class, this::make)
                .summary("Make a bot; its token is shown here and never again")
                .answersSecrets()
                .answers(201, BotToken.class);
        routes.get(BOTS, Access.USER, Limit.API, this::list)
                .summary("My bots, the oldest first, all on one page")
                .answersListOf(Bot.class);
        routes.delete(BOTS + "/{bot}", Access.USER, Limit.API, this::end)
                .summary("End a bot with its token and its sockets");
        routes.post(BOTS + "/{bot}/token", Access.USER, Limit.API, this::renew)
                .summary("Give a bot a new token; the old one ends")
                .answersSecrets()
                .answers(201, BotToken.class);
    }

    private ApiResponse make(ApiRequest request, MakeBot command) {
        return secret(bots.make(request.caller(), command));
    }

    private ApiResponse list(ApiRequest request) {
        List<Bot> mine = bots.of(request.caller());
        return ApiResponse.ok(new Page<>(mine, null));
    }

    private ApiResponse end(ApiRequest request) {
        bots.end(request.caller(), bot(request));
        return ApiResponse.done("ok.bot_ended");
    }

    private ApiResponse renew(ApiRequest request) {
        return secret(bots.renew(request.caller(), bot(request)));
    }

    private static ApiResponse secret(Bots.WithToken made) {
        return ApiResponse.created(BotToken.of(made)).header("Cache-Control", "no-store");
    }

    private static Id<User> bot(ApiRequest request) {
        return request.id("bot", "BOT_NOT_FOUND");
    }
}
