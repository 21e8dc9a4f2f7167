package madang.sandbox;

/// Where the stand-ins are found: what a product sets in the place of the vendors' addresses.
///
/// @param base of everything below, such as `http://localhost:8080/sandbox`
public record SandboxUrls(String base) {

    /// In the place of `https://kauth.kakao.com` and `https://kapi.kakao.com`.
    public String kakao() {
        return base + "/kakao";
    }
}
