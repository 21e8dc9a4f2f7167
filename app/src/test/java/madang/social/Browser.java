package madang.social;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import madang.testing.Answer;
import madang.testing.House;
import madang.testing.Http;

/// Somebody's browser: it shows pages, keeps cookies, and is sent from address to address.
public final class Browser {
    private final House house;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public Browser(House house) {
        this.house = house;
    }

    /// Signs in: away to the provider as this person of the sandbox, and back.
    public Answer signsIn(String provider, String person) {
        return get(comesBack(provider, person));
    }

    /// Goes to the provider; where he sends this browser back to, with all that stands there.
    public String comesBack(String provider, String person) {
        Answer sent = get("/api/v1/auth/" + provider);
        return agrees(sent.header("Location"), "&sandbox_user=" + person);
    }

    public String agrees(String authorization, String more) {
        return get(path(authorization) + more).header("Location");
    }

    public Answer get(String address) {
        return kept(http().with("Accept", "text/html").get(path(address)));
    }

    public Answer post(String address, String json) {
        return kept(http().with("Origin", house.url()).post(address, json));
    }

    /// What the page does when it opens: it asks for an access token by its cookie.
    public Answer opensPage() {
        return kept(
                http().with("X-Madang-Page", "1")
                        .with("Origin", house.url())
                        .post("/api/v1/auth/refresh"));
    }

    public String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    void takes(String name, String value) {
        cookies.put(name, value);
    }

    private Http http() {
        return cookies.isEmpty()
                ? house.stranger()
                : house.stranger()
                        .with(
                                "Cookie",
                                cookies.entrySet().stream()
                                        .map(it -> it.getKey() + "=" + it.getValue())
                                        .collect(Collectors.joining("; ")));
    }

    private Answer kept(Answer answer) {
        answer.response()
                .headers()
                .allValues("Set-Cookie")
                .forEach(line -> {
                    String[] pair = line.split(";", 2)[0].split("=", 2);
                    cookies.put(pair[0], pair[1]);
                });
        return answer;
    }

    /// The house has one address in tests, whatever it is called.
    static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}
