package madang.sandbox.google;

import java.util.Set;

/// OAuth clients of one product as they are registered with Google. Phones have a client without a
/// secret each.
public record GoogleApp(String webClient, String secret, String androidClient, String iosClient) {

    /// All of them: each may be the audience of an id_token.
    public Set<String> clients() {
        return Set.of(webClient, androidClient, iosClient);
    }
}
