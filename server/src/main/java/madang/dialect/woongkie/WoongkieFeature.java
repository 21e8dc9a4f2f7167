package madang.dialect.woongkie;

import java.time.InstantSource;
import java.util.function.IntSupplier;
import madang.chat.ChatFeature;
import madang.files.FilesFeature;
import madang.identity.DialectTokens;
import madang.identity.IdentityFeature;
import madang.identity.TokenStamp;
import madang.kit.feature.Feature;
import madang.kit.http.HttpServer;
import madang.kit.http.Limits;
import madang.kit.http.Routes;
import madang.kit.http.Steps;
import madang.kit.json.Json;
import madang.kit.settings.Origin;
import madang.kit.settings.Stage;
import madang.live.LiveHub;
import madang.live.SocketUpgrade;
import madang.people.People;
import org.jspecify.annotations.Nullable;

/// Builds this dialect and hangs it up: its face, its address, its routes.
public final class WoongkieFeature implements Feature {
    private static final String ISSUER = "woongkie-talkie";

    /// What the dialect asks of the house; whether it `measures` is the house's to say.
    public record Needs(
            IdentityFeature identity,
            ChatFeature chat,
            FilesFeature files,
            People people,
            LiveHub hub,
            SocketUpgrade upgrade,
            Limits limits,
            boolean measures,
            Json json,
            InstantSource clock) {}

    private final WoongkieSettings settings;
    private final Needs needs;
    private final Words words = Words.load();
    private final DialectTokens tokens;
    private final Allowed allowed;
    private final Translator translator;
    private final WoongkieFace face;
    private final Figures figures = new Figures();

    public WoongkieFeature(WoongkieSettings settings, Needs needs) {
        this.settings = settings;
        this.needs = needs;
        tokens =
                needs.identity()
                        .tokens(
                                new TokenStamp(ISSUER, WoongkieFace.NAME, settings.tokenTtl()),
                                settings.jwtSecrets());
        allowed =
                new Allowed(
                        settings.origins().stream().map(Origin::text).toList(),
                        settings.stage() == Stage.DEVELOPMENT);
        translator =
                new Translator(
                        needs.identity().identity(),
                        needs.chat().rooms(),
                        needs.chat().hearing(),
                        needs.chat().keys(),
                        needs.json());
        face =
                new WoongkieFace(
                        needs.json(),
                        words,
                        tokens,
                        allowed,
                        new Steps(needs.json(), needs.limits()));
    }

    /// Opens its own address, if it has one; the answer tells the port once that is bound.
    public @Nullable IntSupplier openAddress(HttpServer http) {
        return settings.address() == null ? null : http.alsoAt(settings.address(), face);
    }

    @Override
    public void routes(Routes routes) {
        Routes everywhere = routes.of(face);
        Routes own = routes.ownOf(face);
        ChatFeature chat = needs.chat();
        Entrance entrance = new Entrance(chat.rooms(), chat.members());
        History history = new History(chat.chat());
        new AuthApi(needs.identity().identity(), tokens, translator, words, settings.tokenTtl())
                .routes(everywhere, own);
        new ProfileApi(
                        needs.identity().identity(),
                        needs.identity().administration(),
                        tokens,
                        translator)
                .routes(everywhere);
        new RoomApi(chat.rooms(), chat.members(), entrance, translator, words).routes(everywhere);
        new MessageApi(chat.chat(), chat.search(), history, entrance, translator, words, figures)
                .routes(everywhere, own);
        new SocketApi(tokens, allowed, needs.upgrade(), parts(entrance, history), settings)
                .routes(everywhere, own, chat.rooms()::defaultRoom);
        new FileApi(
                        chat.chat(),
                        needs.files().files(),
                        needs.files().uploads(),
                        entrance,
                        translator,
                        figures)
                .routes(own);
        new KeyApi(chat.keys(), needs.identity().identity(), entrance, translator, words)
                .routes(own);
        new AdminApi(
                        needs.identity().administration(),
                        needs.people(),
                        chat.chat(),
                        chat.rooms(),
                        entrance,
                        translator,
                        words,
                        needs.clock())
                .routes(own);
        if (needs.measures()) {
            figures.routes(own);
        }
        if (settings.web() != null) {
            new ClientFiles(settings.web()).routes(own);
        }
    }

    private RoomSocket.Parts parts(Entrance entrance, History history) {
        Frames frames = new Frames(needs.json(), words);
        RoomVoice voice = new RoomVoice(needs.hub(), translator, frames, figures);
        needs.chat().hearing().lend(voice);
        return new RoomSocket.Parts(
                needs.chat().chat(),
                needs.chat().hearing(),
                history,
                entrance,
                voice,
                translator,
                frames,
                words,
                figures,
                needs.json(),
                settings.messages());
    }
}
