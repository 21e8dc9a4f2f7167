package madang.kit.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The run as a whole: what is at stake, what is switched on, where things are kept.
public record ServerSettings(
        @Key(
                        name = Stage.KEY,
                        value = "development",
                        says =
                                "development, staging or production; the last two have no sandbox and"
                                        + " must be given their secrets")
                Stage stage,
        @Key(
                        name = "MADANG_APP_NAME",
                        value = "Madang",
                        says = "The app's name in mails, page titles and the OpenAPI document")
                String appName,
        @Key(
                        name = Sources.DATA,
                        value = Sources.DATA_DEFAULT,
                        says =
                                "Directory of everything that is kept on this machine, and of madang.properties")
                Path data,
        @Key(
                        name = "MADANG_FEATURES",
                        value = ServerSettings.ALL,
                        says =
                                "Which features run, as a comma list; the others have no routes, jobs or pages")
                List<String> features,
        @Key(
                        name = "MADANG_SHUTDOWN_TIMEOUT",
                        value = "30s",
                        min = "0s",
                        says = "How long a stop waits for requests and sockets")
                Duration shutdownTimeout,
        @Key(
                        name = "MADANG_MANAGEMENT_ADDRESS",
                        says =
                                "Address of metrics, profiling and full health for operators, as host:port"
                                        + " or a port; not set: the main listener serves them, to the operator token")
                @Nullable HostPort managementAddress,
        @Key(name = "MADANG_METRICS", value = "on", says = "Prometheus metrics, for operators only")
                boolean metrics,
        @Key(name = "MADANG_PROFILING", value = "off", says = "JDK Flight Recorder for operators")
                boolean profiling) {
    static final String ALL = "all";

    public boolean isOn(String feature) {
        return features.contains(ALL) || features.contains(feature);
    }
}
