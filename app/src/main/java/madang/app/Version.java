package madang.app;

import org.jspecify.annotations.Nullable;

/// The version of this jar.
final class Version {
    static final String OURS = read();

    private static String read() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private Version() {}
}
