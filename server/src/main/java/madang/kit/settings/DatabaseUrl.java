package madang.kit.settings;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import madang.kit.Secret;
import org.jspecify.annotations.Nullable;

/// Where PostgreSQL is, in the two forms of libpq (PostgreSQL manual §32.1.1): a URL
/// `postgresql://user:password@host:5432/name?sslmode=require`, also with the driver names that
/// SQLAlchemy adds, or `host=… user=… dbname=…`. Two spellings of one place are equal. The password
/// is empty where none is needed.
public record DatabaseUrl(
        List<HostPort> hosts,
        String database,
        String user,
        Secret password,
        Map<String, String> parameters) {
    private static final int PORT = 5432;
    private static final Pattern URL =
            Pattern.compile(
                    "(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?://"
                            + "(?:(?<user>[^:@/?]*)(?::(?<password>[^/?]*))?@)?"
                            + "(?<hosts>[^@/?]*)(?:/(?<database>[^/?]*))?(?:\\?(?<parameters>.*))?");
    private static final Pattern WORD =
            Pattern.compile("\\G\\s*(\\w+)\\s*=\\s*(?:'((?:\\\\.|[^'\\\\])*)'|([^\\s']*))\\s*");

    public DatabaseUrl {
        parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    public static DatabaseUrl parse(String text) {
        Map<String, String> words = text.contains("://") ? wordsOfUrl(text) : wordsOf(text);
        List<HostPort> hosts = hosts(words.remove("host"), words.remove("port"));
        @Nullable String user = words.remove("user");
        Secret password = new Secret(orEmpty(words.remove("password")));
        @Nullable String database = words.remove("dbname");
        if (user == null) {
            throw expected();
        }
        return new DatabaseUrl(hosts, database == null ? user : database, user, password, words);
    }

    /// What the Java driver takes; user and password are handed to it apart.
    public String jdbcUrl() {
        return "jdbc:postgresql://"
                + text(hosts)
                + "/"
                + encoded(database)
                + query(javaParameters());
    }

    /// Without the password.
    @Override
    public String toString() {
        String who = encoded(user) + (password.value().isEmpty() ? "" : ":" + password);
        return "postgresql://"
                + who
                + "@"
                + text(hosts)
                + "/"
                + encoded(database)
                + query(parameters);
    }

    private static Map<String, String> wordsOfUrl(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw expected();
        }
        Map<String, String> words = new TreeMap<>();
        for (String pair : orEmpty(url.group("parameters")).split("&", -1)) {
            String[] halves = pair.split("=", 2);
            put(words, halves[0], halves.length == 2 ? halves[1] : "");
        }
        put(words, "user", orEmpty(url.group("user")));
        put(words, "password", orEmpty(url.group("password")));
        put(words, "dbname", orEmpty(url.group("database")));
        put(words, "host", orEmpty(url.group("hosts")));
        return words;
    }

    private static void put(Map<String, String> words, String name, String value) {
        if (!value.isEmpty()) {
            words.put(name, URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8));
        }
    }

    private static Map<String, String> wordsOf(String text) {
        Map<String, String> words = new TreeMap<>();
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (word.find()) {
            String quoted = word.group(2) == null ? word.group(3) : word.group(2);
            words.put(word.group(1), quoted.replaceAll("\\\\(.)", "$1"));
            end = word.end();
        }
        if (end < text.length()) {
            throw expected();
        }
        words.values().removeIf(String::isEmpty);
        return words;
    }

    /// `a,b:5433` and a list of ports, one for all hosts or one for each.
    private static List<HostPort> hosts(@Nullable String hosts, @Nullable String ports) {
        String[] names = hosts == null ? new String[] {"localhost"} : hosts.split(",");
        String[] each = ports == null ? new String[] {Integer.toString(PORT)} : ports.split(",");
        return IntStream.range(0, names.length)
                .mapToObj(i -> host(names[i], each[Math.min(i, each.length - 1)]))
                .toList();
    }

    private static HostPort host(String text, String port) {
        boolean isBareIpv6 = text.matches("[0-9a-fA-F.]*(?::[0-9a-fA-F.]*){2,}");
        String host = isBareIpv6 ? "[" + text + "]" : text;
        try {
            return HostPort.parse(host.matches(".*:\\d+") ? host : host + ":" + port);
        } catch (IllegalArgumentException noTcpAddress) {
            throw expected();
        }
    }

    private static String text(List<HostPort> hosts) {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    private Map<String, String> javaParameters() {
        Map<String, String> java = new TreeMap<>();
        parameters.forEach((name, value) -> {
            Map.Entry<String, String> one = javaParameter(name, value);
            java.merge(one.getKey(), one.getValue(), (some, more) -> some + " " + more);
        });
        return java;
    }

    /// What the driver calls a parameter of libpq. A name that libpq does not know is a parameter
    /// of the server's own, as Go's drivers send it; the server refuses a mistyped one.
    private static Map.Entry<String, String> javaParameter(String name, String value) {
        return switch (name) {
            case "options", "sslcert", "sslkey", "sslmode", "sslpassword" -> Map.entry(name, value);
            case "sslrootcert" ->
                    value.equals("system")
                            ? Map.entry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory")
                            : Map.entry(name, value);
            case "application_name" -> Map.entry("ApplicationName", value);
            case "channel_binding" -> Map.entry("channelBinding", value);
            case "connect_timeout" -> Map.entry("connectTimeout", value);
            case "gssencmode" -> Map.entry("gssEncMode", value);
            case "keepalives" -> Map.entry("tcpKeepAlive", value.equals("0") ? "false" : "true");
            case "sslnegotiation" -> Map.entry("sslNegotiation", value);
            case "target_session_attrs" -> Map.entry("targetServerType", serverType(value));
            default -> Map.entry("options", "-c " + name + "=" + value.replace(" ", "\\ "));
        };
    }

    private static String serverType(String attributes) {
        return switch (attributes) {
            case "read-write", "primary" -> "primary";
            case "read-only", "standby" -> "secondary";
            case "prefer-standby" -> "preferSecondary";
            default -> "any";
        };
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }

    private static IllegalArgumentException expected() {
        return new IllegalArgumentException(
                "postgresql://user:password@host:5432/name, or host=… user=… dbname=…");
    }
}
