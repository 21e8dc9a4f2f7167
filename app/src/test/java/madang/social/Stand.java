package madang.social;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import madang.kit.json.Json;
import madang.testing.Signer;

/// Kakao, Google and Naver in one small server, on paths that do not meet. Whoever asks for a code
/// says as whom; a fault strikes every call of one vendor until it is taken back.
final class Stand implements AutoCloseable {
    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("KAKAO_CLIENT_ID", "our-kakao-app"),
                    Map.entry("KAKAO_CLIENT_SECRET", "kakao keeps this"),
                    Map.entry("MADANG_KAKAO_APP_ID", "4711"),
                    Map.entry("MADANG_KAKAO_NATIVE_APP_KEY", "our-kakao-phone-app"),
                    Map.entry("MADANG_KAKAO_ADMIN_KEY", "kakao's own key"),
                    Map.entry("GOOGLE_CLIENT_ID", "our-google-app"),
                    Map.entry("GOOGLE_CLIENT_SECRET", "google keeps this"),
                    Map.entry("MADANG_GOOGLE_CLIENT_ID_ANDROID", "our-android-app"),
                    Map.entry("MADANG_NAVER_CLIENT_ID", "our-naver-app"),
                    Map.entry("MADANG_NAVER_CLIENT_SECRET", "naver keeps this"));

    private static final Json JSON = new Json();

    /// Somebody, and what he lets be seen.
    record Somebody(
            String id, String nickname, String email, boolean isEmailVerified, String birthYear) {
        static Somebody called(String nickname, String email, boolean isEmailVerified) {
            return new Somebody(fresh(), nickname, email, isEmailVerified, null);
        }

        Somebody renamed(String other) {
            return new Somebody(id, other, email, isEmailVerified, birthYear);
        }

        Somebody with(String otherEmail, boolean isVerified) {
            return new Somebody(id, nickname, otherEmail, isVerified, birthYear);
        }

        Somebody born(String year) {
            return new Somebody(id, nickname, email, isEmailVerified, year);
        }
    }

    /// A code or token, and of whom it speaks.
    private record Pass(Somebody of, Map<String, String> asked) {}

    private static final AtomicInteger IDS = new AtomicInteger(1_000_000);

    private final Signer signer = new Signer("stand-1");
    private final Map<String, Pass> codes = new ConcurrentHashMap<>();
    private final Map<String, Pass> accessTokens = new ConcurrentHashMap<>();
    private final Map<String, Pass> refreshTokens = new ConcurrentHashMap<>();
    private final Map<Provider, String> faults = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /// Who was unlinked, in the order of it.
    final List<String> unlinked = Collections.synchronizedList(new ArrayList<>());

    final AtomicInteger calls = new AtomicInteger();

    Stand() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        server.setExecutor(threads);
        server.createContext("/kakao", exchange -> answer(exchange, Provider.KAKAO));
        server.createContext("/google", exchange -> answer(exchange, Provider.GOOGLE));
        server.createContext("/naver", exchange -> answer(exchange, Provider.NAVER));
        server.start();
    }

    static String fresh() {
        return Integer.toString(IDS.incrementAndGet());
    }

    /// The settings of a house that knows this server as all three.
    Map<String, String> settings() {
        Map<String, String> all = new HashMap<>(SETTINGS);
        String here = "http://127.0.0.1:" + server.getAddress().getPort();
        all.put("MADANG_KAKAO_AUTH_URL", here + "/kakao");
        all.put("MADANG_KAKAO_API_URL", here + "/kakao");
        all.put("MADANG_GOOGLE_AUTH_URL", here + "/google");
        all.put("MADANG_GOOGLE_TOKEN_URL", here + "/google");
        all.put("MADANG_GOOGLE_API_URL", here + "/google");
        all.put("MADANG_NAVER_AUTH_URL", here + "/naver");
        all.put("MADANG_NAVER_API_URL", here + "/naver");
        return all;
    }

    void strikes(Provider provider, String fault) {
        faults.put(provider, fault);
    }

    void isWell(Provider provider) {
        faults.remove(provider);
    }

    /// The person agrees: where the browser is sent back to.
    String agrees(String authorization, Somebody who) {
        Map<String, String> asked = fields(URI.create(authorization).getRawQuery());
        String code = "code-" + fresh();
        codes.put(code, new Pass(who, asked));
        return asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state");
    }

    String accessToken(Somebody who, String app) {
        String token = "access-" + fresh();
        accessTokens.put(token, new Pass(who, Map.of("client_id", app)));
        return token;
    }

    String refreshToken(Somebody who, String scope) {
        String token = "refresh-" + fresh();
        refreshTokens.put(
                token, new Pass(who, Map.of("client_id", "our-google-app", "scope", scope)));
        return token;
    }

    String idToken(Provider provider, Somebody who, String app, String nonce, Instant now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        boolean isGoogle = provider == Provider.GOOGLE;
        claims.put("iss", isGoogle ? "https://accounts.google.com" : "https://kauth.kakao.com");
        claims.put("aud", app);
        claims.put("sub", who.id());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plusSeconds(3_600).getEpochSecond());
        put(claims, "nonce", nonce);
        put(claims, isGoogle ? "name" : "nickname", who.nickname());
        put(claims, "email", who.email());
        if (isGoogle && who.email() != null) {
            claims.put("email_verified", who.isEmailVerified());
        }
        return signed("JWT", claims);
    }

    String event(Provider provider, Somebody who, String uri, String jti, Instant now) {
        boolean isGoogle = provider == Provider.GOOGLE;
        String issuer = isGoogle ? "https://accounts.google.com/" : "https://kauth.kakao.com";
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("subject_type", "iss-sub");
        subject.put("iss", issuer);
        subject.put("sub", who.id());
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("aud", isGoogle ? "our-google-app" : "4711");
        claims.put("iat", now.getEpochSecond());
        claims.put("jti", jti);
        claims.put("events", Map.of(uri, Map.of("subject", subject)));
        return signed("secevent+jwt", claims);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String signed(String type, Map<String, Object> claims) {
        return signer.token(
                JSON.write(Map.of("alg", "RS256", "kid", "stand-1", "typ", type)),
                JSON.write(claims));
    }

    private void answer(HttpExchange exchange, Provider provider) {
        calls.incrementAndGet();
        try (exchange) {
            String fault = faults.get(provider);
            if (fault == null) {
                right(exchange, provider);
            } else {
                wrong(exchange, fault);
            }
        } catch (IOException gone) {
            // the client has heard enough
        }
    }

    private void wrong(HttpExchange exchange, String fault) throws IOException {
        switch (fault) {
            case "500" -> says(exchange, 500, "oops");
            case "html" -> says(exchange, 200, "<h1>maintenance</h1>");
            case "garbage" -> says(exchange, 200, "{\"access_token\":\"");
            case "nothing" -> says(exchange, 200, "{}");
            case "deep" -> says(exchange, 200, "[".repeat(50_000));
            case "key" ->
                    says(exchange, 401, "{\"error\":\"invalid_client\",\"error_code\":\"KOE010\"}");
            case "reset" -> throw new IOException("torn");
            case "black hole" -> {
                try {
                    closing.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            default -> throw new IllegalArgumentException(fault);
        }
    }

    private void right(HttpExchange exchange, Provider provider) throws IOException {
        Map<String, String> form =
                fields(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String path = exchange.getRequestURI().getPath().replaceFirst("/[a-z]+", "");
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        switch (path) {
            case "/oauth/token", "/token", "/oauth2.0/token" -> token(exchange, provider, form);
            case "/v2/user/me" -> kakaoUser(exchange, token);
            case "/v1/user/access_token_info" -> kakaoToken(exchange, token);
            case "/v1/user/unlink" -> {
                unlinked.add("kakao " + form.get("target_id"));
                says(exchange, 200, "{\"id\":1}");
            }
            case "/v1/nid/me" -> naverUser(exchange, token);
            case "/tokeninfo" -> googleToken(exchange, form.get("access_token"));
            case "/revoke" -> {
                unlinked.add("google " + form.get("token"));
                says(exchange, 200, "{}");
            }
            case "/.well-known/jwks.json", "/oauth2/v3/certs" ->
                    says(exchange, 200, Signer.published(signer));
            default -> says(exchange, 404, "{}");
        }
    }

    private void token(HttpExchange exchange, Provider provider, Map<String, String> form)
            throws IOException {
        String client = "our-" + provider + "-app";
        if (!client.equals(form.get("client_id"))
                || !(provider + " keeps this").equals(form.get("client_secret"))) {
            says(exchange, 401, "{\"error\":\"invalid_client\",\"error_code\":\"KOE010\"}");
            return;
        }
        if ("delete".equals(form.get("grant_type"))) {
            unlinked.add("naver " + form.get("access_token"));
            says(exchange, 200, "{\"access_token\":\"x\",\"result\":\"success\"}");
            return;
        }
        boolean isRefresh = "refresh_token".equals(form.get("grant_type"));
        Pass pass =
                isRefresh
                        ? refreshTokens.get(form.getOrDefault("refresh_token", ""))
                        : codes.remove(form.getOrDefault("code", ""));
        if (pass == null || !(isRefresh || fits(pass, form, provider))) {
            int status = provider == Provider.NAVER ? 200 : 400;
            says(
                    exchange,
                    status,
                    "{\"error\":\"invalid_grant\",\"error_code\":\"%s\"}"
                            .formatted(isRefresh ? "KOE322" : "KOE320"));
            return;
        }
        says(exchange, 200, tokens(provider, pass, client, form));
    }

    private String tokens(Provider provider, Pass pass, String client, Map<String, String> form) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "bearer");
        body.put("access_token", accessToken(pass.of(), client));
        body.put("expires_in", provider == Provider.NAVER ? "3600" : 3_600);
        String refreshToken = "refresh-" + fresh();
        refreshTokens.put(refreshToken, pass);
        body.put("refresh_token", refreshToken);
        put(body, "scope", pass.asked().get("scope"));
        if (provider != Provider.NAVER && !form.containsKey("refresh_token")) {
            String nonce = pass.asked().get("nonce");
            body.put("id_token", idToken(provider, pass.of(), client, nonce, Instant.now()));
        }
        return new String(JSON.write(body), UTF_8);
    }

    private static boolean fits(Pass pass, Map<String, String> form, Provider provider) {
        boolean isSameAddress =
                provider == Provider.NAVER
                        || pass.asked().get("redirect_uri").equals(form.get("redirect_uri"));
        String challenge = pass.asked().get("code_challenge");
        return isSameAddress
                && (challenge == null || challenge.equals(hashed(form.get("code_verifier"))));
    }

    private void kakaoUser(HttpExchange exchange, String token) throws IOException {
        Pass pass = pass(token);
        if (pass == null) {
            says(exchange, 401, "{\"msg\":\"no such token\",\"code\":-401}");
            return;
        }
        Somebody who = pass.of();
        Map<String, Object> profile = new LinkedHashMap<>();
        put(profile, "nickname", who.nickname());
        Map<String, Object> account = new LinkedHashMap<>();
        account.put("profile", profile);
        put(account, "email", who.email());
        account.put("is_email_valid", who.email() != null);
        account.put("is_email_verified", who.isEmailVerified());
        put(account, "birthyear", who.birthYear());
        says(
                exchange,
                200,
                new String(
                        JSON.write(
                                Map.of("id", Long.parseLong(who.id()), "kakao_account", account)),
                        UTF_8));
    }

    private void kakaoToken(HttpExchange exchange, String token) throws IOException {
        Pass pass = pass(token);
        if (pass == null) {
            says(exchange, 401, "{\"msg\":\"no such token\",\"code\":-401}");
            return;
        }
        boolean isOurs = pass.asked().get("client_id").startsWith("our-");
        says(
                exchange,
                200,
                "{\"id\":%s,\"expires_in\":3600,\"app_id\":%d}"
                        .formatted(pass.of().id(), isOurs ? 4711 : 666));
    }

    private void naverUser(HttpExchange exchange, String token) throws IOException {
        Pass pass = pass(token);
        if (pass == null) {
            says(exchange, 401, "{\"resultcode\":\"024\",\"message\":\"Authentication failed\"}");
            return;
        }
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("id", pass.of().id());
        put(user, "nickname", pass.of().nickname());
        put(user, "email", pass.of().email());
        put(user, "birthyear", pass.of().birthYear());
        says(
                exchange,
                200,
                new String(
                        JSON.write(
                                Map.of("resultcode", "00", "message", "success", "response", user)),
                        UTF_8));
    }

    private void googleToken(HttpExchange exchange, String token) throws IOException {
        Pass pass = accessTokens.get(token);
        if (pass == null) {
            says(exchange, 400, "{\"error\":\"invalid_token\"}");
            return;
        }
        says(
                exchange,
                200,
                "{\"aud\":\"%s\",\"sub\":\"%s\",\"expires_in\":\"3599\",\"scope\":\"%s\"}"
                        .formatted(
                                pass.asked().get("client_id"),
                                pass.of().id(),
                                "openid https://www.googleapis.com/auth/calendar.events"));
    }

    private Pass pass(String authorization) {
        return authorization == null
                ? null
                : accessTokens.get(authorization.replaceFirst("Bearer ", ""));
    }

    private static void put(Map<String, Object> body, String name, String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : (query == null ? "" : query).split("&", -1)) {
            String[] pair = field.split("=", 2);
            if (pair.length == 2) {
                fields.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
            }
        }
        return fields;
    }

    private static String hashed(String verifier) {
        try {
            return Signer.text(
                    MessageDigest.getInstance("SHA-256")
                            .digest((verifier == null ? "" : verifier).getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void says(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
