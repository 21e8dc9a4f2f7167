package madang.sandbox.google;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Scopes by the names that Google answers: the short ones of OpenID Connect have long forms.
final class GoogleScopes {
    static final String OPENID = "openid";
    static final String EMAIL = "https://www.googleapis.com/auth/userinfo.email";
    static final String PROFILE = "https://www.googleapis.com/auth/userinfo.profile";

    private static final String OWN = "https://www.googleapis.com/auth/";
    private static final Map<String, String> LONG = Map.of("email", EMAIL, "profile", PROFILE);

    /// Come with signing in; everything else has a box that may be unticked.
    private static final Set<String> OF_SIGNING_IN = Set.of(OPENID, EMAIL, PROFILE);

    static List<String> named(Collection<String> asked) {
        return asked.stream().map(scope -> LONG.getOrDefault(scope, scope)).distinct().toList();
    }

    static boolean isKnown(String scope) {
        return OF_SIGNING_IN.contains(scope) || scope.startsWith(OWN);
    }

    static boolean isGranular(String scope) {
        return !OF_SIGNING_IN.contains(scope);
    }

    static String line(Collection<String> scopes) {
        return scopes.stream().sorted().collect(Collectors.joining(" "));
    }

    private GoogleScopes() {}
}
