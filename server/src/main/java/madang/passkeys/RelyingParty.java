package madang.passkeys;

import java.net.URI;
import java.util.Locale;
import madang.kit.Failure;
import org.jspecify.annotations.Nullable;

/// Who we are to an authenticator: the host that it binds its keys to, our name, and the only
/// origin whose pages may ask it.
record RelyingParty(String id, String name, String origin) {

    static RelyingParty at(String name, URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port =
                address.getPort() == -1 || address.getPort() == usual
                        ? ""
                        : ":" + address.getPort();
        return new RelyingParty(host, name, scheme + "://" + host + port);
    }

    /// Where this house says who it is.
    ///
    /// @param publicUrl our address, where it is set
    /// @param isHostBelieved whether the name by which a client calls us will do where it is not;
    ///   in production anybody could call us anything
    record Address(String appName, @Nullable URI publicUrl, boolean isHostBelieved) {

        RelyingParty of(String ownOrigin) {
            if (publicUrl == null && !isHostBelieved) {
                throw Failure.of(Failure.Kind.UNAVAILABLE, "PASSKEYS_NEED_AN_ADDRESS");
            }
            return at(appName, publicUrl == null ? URI.create(ownOrigin) : publicUrl);
        }
    }
}
