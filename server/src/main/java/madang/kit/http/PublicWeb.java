package madang.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/// Fetches pages whose addresses strangers have named, and cannot be sent inside by any of them. A
/// name is resolved in one place only, right before its connection is made: if one of its addresses
/// is not of the public internet, nothing is connected; else the connection goes to an address that
/// was looked at, so a name that answers differently the next time gains nothing. Redirects are
/// followed here, each as a new address. No cookies, no credentials, no compressed answers.
public final class PublicWeb implements AutoCloseable {
    private static final int MAX_BYTES = 512 << 10;
    private static final int MAX_REDIRECTS = 3;
    private static final int MAX_URL = 2_048;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /// Scheme, host as it is written (a name or a literal of IPv6), and the rest.
    private static final Pattern FORM =
            Pattern.compile(
                    "(?i)(https?)://(\\[[0-9a-f:.]+]|[^/?#@:\\[\\]]+)(:\\d{1,5})?([/?#].*)?");

    /// How names become addresses.
    public interface Resolver {
        Resolver OF_SYSTEM = host -> List.of(InetAddress.getAllByName(host));

        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /// What a page answered, read up to a bound.
    public record Page(URI address, String contentType, byte[] bytes) {}

    private final Resolver resolver;
    private final Predicate<InetAddress> isOutside;
    private final Set<Integer> ports;
    private final HttpClient client;
    private volatile boolean isClosed;

    public PublicWeb(Resolver resolver, String userAgent) {
        this(resolver, userAgent, PublicAddresses::isPublic, Set.of(80, 443));
    }

    PublicWeb(
            Resolver resolver,
            String userAgent,
            Predicate<InetAddress> isOutside,
            Set<Integer> ports) {
        this.resolver = resolver;
        this.isOutside = isOutside;
        this.ports = ports;
        this.client = client(userAgent);
    }

    /// Who asks nothing costs nothing.
    private void startOnce() {
        try {
            if (!isClosed) {
                client.start();
            }
        } catch (Exception broken) {
            throw new IllegalStateException("the client of the public web does not start", broken);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        try {
            client.stop();
        } catch (Exception late) {
            throw new IllegalStateException("the client of the public web does not stop", late);
        }
    }

    /// The page of one of these types at an address, wherever that redirects to; empty where there
    /// is none, or none that may be asked.
    public Optional<Page> fetch(String address, Set<String> types) {
        startOnce();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable URI next = admitted(address);
        try {
            for (int hops = 0; next != null && hops <= MAX_REDIRECTS; hops++) {
                Answer answer = ask(next, types, deadline);
                if (answer.page() != null) {
                    return Optional.of(answer.page());
                }
                next = answer.next() == null ? null : admitted(resolved(next, answer.next()));
            }
        } catch (IOException | ExecutionException | TimeoutException silent) {
            return Optional.empty();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /// A page, or where it is said to be; neither where it is of no use.
    private record Answer(@Nullable Page page, @Nullable String next) {}

    private Answer ask(URI address, Set<String> types, long deadline)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Request request =
                client.newRequest(address)
                        .headers(headers -> headers.put(HttpHeader.CONNECTION, "close"))
                        .timeout(left(deadline), TimeUnit.NANOSECONDS);
        try (InputStreamResponseListener listener = new InputStreamResponseListener()) {
            request.send(listener);
            Response response = listener.get(left(deadline), TimeUnit.NANOSECONDS);
            try {
                return answer(address, types, response, listener.getInputStream());
            } finally {
                var _ = response.abort(new IOException("enough was read"));
            }
        }
    }

    private static Answer answer(URI address, Set<String> types, Response response, InputStream in)
            throws IOException {
        if (REDIRECTS.contains(response.getStatus())) {
            return new Answer(null, response.getHeaders().get(HttpHeader.LOCATION));
        }
        @Nullable String type = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
        boolean isWanted =
                response.getStatus() == 200
                        && type != null
                        && types.contains(type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                        && !response.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
        return isWanted
                ? new Answer(new Page(address, type, in.readNBytes(MAX_BYTES)), null)
                : new Answer(null, null);
    }

    /// The address in its plain form, if it may be asked at all; whether it lies outside is seen
    /// when its name is resolved.
    private @Nullable URI admitted(@Nullable String address) {
        Matcher form = FORM.matcher(address == null ? "" : address.strip());
        if (!form.matches() || form.group().length() > MAX_URL) {
            return null;
        }
        String port = Stream.ofNullable(form.group(3)).findFirst().orElse("");
        String rest = Stream.ofNullable(form.group(4)).findFirst().orElse("/");
        try {
            String host = ascii(form.group(2));
            URI plain =
                    new URI(form.group(1).toLowerCase(Locale.ROOT) + "://" + host + port + rest);
            URI encoded = new URI(plain.toASCIIString().replaceFirst("#.*$", ""));
            return isAdmitted(encoded) ? encoded : null;
        } catch (URISyntaxException | IllegalArgumentException strange) {
            return null;
        }
    }

    private boolean isAdmitted(URI address) {
        int asked = address.getPort();
        int port = asked >= 0 ? asked : "https".equals(address.getScheme()) ? 443 : 80;
        return SCHEMES.contains(address.getScheme())
                && address.getHost() != null
                && address.getUserInfo() == null
                && ports.contains(port);
    }

    private static String ascii(String host) {
        return host.startsWith("[") ? host : IDN.toASCII(host).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String resolved(URI from, String location) {
        try {
            return from.resolve(location.strip().replace(" ", "%20")).toString();
        } catch (IllegalArgumentException strange) {
            return null;
        }
    }

    private static long left(long deadline) throws TimeoutException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new TimeoutException();
        }
        return left;
    }

    private HttpClient client(String userAgent) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        HttpClient made = new HttpClient(new HttpClientTransportOverHTTP(connector));
        made.setExecutor(new VirtualThreadPool());
        made.setSocketAddressResolver(this::resolve);
        made.setFollowRedirects(false);
        made.setHttpCookieStore(new HttpCookieStore.Empty());
        made.setConnectTimeout(PATIENCE.toMillis());
        made.setIdleTimeout(PATIENCE.toMillis());
        made.setMaxResponseHeadersSize(32 << 10);
        made.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, userAgent));
        return made;
    }

    /// The only way from a name to a connection. It may wait for a name server, so it goes its own
    /// way.
    private void resolve(
            String host,
            int port,
            Map<String, Object> context,
            Promise<List<InetSocketAddress>> promise) {
        Thread.startVirtualThread(() -> {
            try {
                promise.succeeded(checked(host, port));
            } catch (UnknownHostException | RuntimeException refused) {
                promise.failed(refused);
            }
        });
    }

    private List<InetSocketAddress> checked(String host, int port) throws UnknownHostException {
        List<InetAddress> found = resolver.addresses(host.replaceAll("[\\[\\]]", ""));
        if (found.isEmpty() || !found.stream().allMatch(isOutside)) {
            throw new UnknownHostException("not of the public web");
        }
        return found.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }
}
