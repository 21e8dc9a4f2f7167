package madang.adapters;

import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/// A host of a vendor: as browsers reach it, and as we do. They differ where it is a stand-in on
/// our own address, which browsers know by whatever name they came by: then `forBrowsers` is a
/// path.
public record Host(String forBrowsers, Supplier<String> forUs) {

    public static Host at(String url) {
        String base = url.replaceFirst("/+$", "");
        return new Host(base, () -> base);
    }

    URI at(String path, Map<String, String> query) {
        return URI.create(forUs.get() + path + query(query));
    }

    URI path(String path) {
        return at(path, Map.of());
    }

    String inBrowser(String path, Map<String, String> query) {
        return forBrowsers + path + query(query);
    }

    private static String query(Map<String, String> query) {
        return query.isEmpty() ? "" : "?" + VendorHttp.encoded(query);
    }
}
