package madang.sandbox.kakao;

import java.util.Set;

/// An app as it is registered with Kakao: its number and its keys. The web signs in with the REST
/// key, phones with the native key.
public record KakaoApp(
        long appId, String restKey, String clientSecret, String nativeKey, String adminKey) {

    boolean hasKey(String key) {
        return keys().contains(key);
    }

    Set<String> keys() {
        return Set.of(restKey, nativeKey);
    }
}
