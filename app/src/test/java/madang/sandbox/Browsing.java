package madang.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import madang.testing.Answer;
import madang.testing.Http;

/// What a browser and a vendor's client do with addresses and forms.
public final class Browsing {

    /// `a=1&b=%ED%95%9C`, in the order of the pairs.
    public static String query(String... pairs) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < pairs.length; i += 2) {
            query.append(i == 0 ? "" : "&")
                    .append(pairs[i])
                    .append('=')
                    .append(URLEncoder.encode(pairs[i + 1], UTF_8));
        }
        return query.toString();
    }

    public static Answer form(Http client, String path, String... pairs) {
        return client.with("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                .send("POST", path, query(pairs));
    }

    /// Where an answer sends the browser, without its query.
    public static String target(Answer redirect) {
        return redirect.header("Location").split("\\?", 2)[0];
    }

    /// What the address in an answer's `Location` carries.
    public static Map<String, String> carried(Answer redirect) {
        return Arrays.stream(URI.create(redirect.header("Location")).getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    /// The changed pairs, and those of the usual ones whose names are not among them.
    public static String[] merged(String[] changed, String... usual) {
        List<String> all = new ArrayList<>(List.of(changed));
        for (int i = 0; i < usual.length; i += 2) {
            if (!List.of(changed).contains(usual[i])) {
                all.add(usual[i]);
                all.add(usual[i + 1]);
            }
        }
        return all.toArray(String[]::new);
    }

    private Browsing() {}
}
