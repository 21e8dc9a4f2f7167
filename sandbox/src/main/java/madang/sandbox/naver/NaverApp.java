package madang.sandbox.naver;

/// An app as it is registered with Naver.
public record NaverApp(String clientId, String clientSecret) {}
