package madang.kit.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Language;
import madang.kit.Text;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.TunnelSupport;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/// A request on its way through the filters to its route, and what they found out about it.
public final class ApiRequest {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String id;
    private final String address;
    private final String neighbourhood;
    private final boolean isSecure;
    private final Map<String, String> places;
    private final @Nullable Route route;
    private Caller caller;
    private boolean isOperator;
    private @Nullable Failure badToken;
    private Limits.@Nullable Left left;
    private byte[] bytes = new byte[0];
    private @Nullable Record body;
    private @Nullable Fields query;

    ApiRequest(
            Request request,
            Response response,
            Callback callback,
            String id,
            ClientAddress.Seen seen,
            @Nullable Route route,
            Map<String, String> places) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.id = id;
        this.address = seen.address();
        this.neighbourhood = seen.neighbourhood();
        this.isSecure = seen.isSecure();
        this.route = route;
        this.places = places;
        this.caller = Caller.stranger(Language.accepted(header("Accept-Language")));
    }

    public Caller caller() {
        return caller;
    }

    /// The caller, signed in; anybody else gets 401.
    public Caller.Member member() {
        if (caller instanceof Caller.Member member) {
            return member;
        }
        throw Failure.unauthenticated("AUTH_TOKEN_MISSING");
    }

    /// The language of the answer: what the request asks for, else the user's, else Korean.
    public Language language() {
        return caller.language();
    }

    /// The id at a place of the path. One that is no UUID names nothing, like an unknown one: the
    /// same 404 with this code.
    public <T> Id<T> id(String place, String notFoundCode) {
        Id<T> found = Id.parse(place(place));
        if (found == null) {
            throw Failure.notFound(notFoundCode);
        }
        return found;
    }

    public String place(String name) {
        return places.getOrDefault(name, "");
    }

    /// The text at a place of the path, in which the web server leaves a few signs (`#`, `%`, `/`)
    /// encoded because they would mean something in a path. Never for paths of files.
    public String text(String place) {
        return URIUtil.decodePath(place(place));
    }

    /// A query parameter, or null where it is absent and has no fallback.
    public <T> @Nullable T get(Param<T> param) {
        @Nullable String text = queryFields().getValue(param.name());
        if (text == null) {
            return param.fallback();
        }
        @Nullable T value = param.read(text);
        if (value == null) {
            throw Failure.invalid(Map.of(param.name(), param.fault()));
        }
        return value;
    }

    /// Refuses the query if one of these cannot be read, and names all that cannot.
    void check(List<Param<?>> params) {
        Map<String, Text> faults = new LinkedHashMap<>();
        for (Param<?> param : params) {
            @Nullable String text = queryFields().getValue(param.name());
            if (text != null && param.read(text) == null) {
                faults.put(param.name(), param.fault());
            }
        }
        if (!faults.isEmpty()) {
            throw Failure.invalid(faults);
        }
    }

    /// A query parameter that has a fallback.
    public <T> T require(Param<T> param) {
        @Nullable T value = get(param);
        if (value == null) {
            throw Failure.invalid(param.name(), "required");
        }
        return value;
    }

    /// Whether whoever runs this server asks: by his token or at the management address.
    public boolean isOperator() {
        return isOperator;
    }

    public @Nullable String header(String name) {
        List<String> lines = request.getHeaders().getValuesList(name);
        return lines.isEmpty() ? null : String.join(", ", lines);
    }

    /// Whether the client reads this content coding (RFC 9110 §12.5.3).
    public boolean accepts(String coding) {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains(coding);
    }

    /// The path, decoded.
    public String path() {
        return Request.getPathInContext(request);
    }

    public @Nullable String cookie(String name) {
        for (HttpCookie cookie : Request.getCookies(request)) {
            if (cookie.getName().equals(name)) {
                return cookie.getValue();
            }
        }
        return null;
    }

    /// The address of the peer, or of its client where the peer is a trusted proxy.
    public String address() {
        return address;
    }

    /// What a limit counts: the address, of IPv6 the /64 that its owner has for himself alone.
    String neighbourhood() {
        return neighbourhood;
    }

    /// Whether the client's own connection is TLS.
    public boolean isSecure() {
        return isSecure;
    }

    /// `https://host:port` as the client named us.
    public String ownOrigin() {
        return (isSecure ? "https://" : "http://") + Request.getServerName(request) + port();
    }

    public String userAgent() {
        @Nullable String agent = header("User-Agent");
        return agent == null ? "" : agent.substring(0, Math.min(agent.length(), 200));
    }

    /// The web server's own objects, for the upgrade to a socket.
    public Request jettyRequest() {
        return request;
    }

    public Response jettyResponse() {
        return response;
    }

    public Callback jettyCallback() {
        return callback;
    }

    /// Sends these bytes as the body of an [ApiResponse#stream], on this thread, as fast as they
    /// come and the client reads; then the answer is complete.
    public void pour(InputStream bytes) {
        try (bytes;
                OutputStream out = Content.Sink.asOutputStream(response)) {
            bytes.transferTo(out);
        } catch (IOException gone) {
            callback.failed(gone);
            return;
        }
        callback.succeeded();
    }

    /// Tears the connection without an answer, as a peer does that dies (RST where the transport is
    /// TCP). Stands where an [ApiResponse#stream] begins.
    public void hangUp() {
        EndPoint peer = request.getConnectionMetaData().getConnection().getEndPoint();
        try {
            if (peer.getTransport() instanceof SocketChannel channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException closed) {
            // the other side was first
        }
        peer.close();
        callback.failed(new EofException("torn on purpose"));
    }

    public String requestId() {
        return id;
    }

    @Nullable Route route() {
        return route;
    }

    String method() {
        return method(request);
    }

    /// A socket over HTTP/2 begins with CONNECT (RFC 8441 §5) and is otherwise what a GET of
    /// HTTP/1.1 begins.
    static String method(Request request) {
        @Nullable TunnelSupport tunnel = request.getTunnelSupport();
        return tunnel != null && "websocket".equals(tunnel.getProtocol())
                ? "GET"
                : request.getMethod();
    }

    /// The body as it came; a route that declares its body gets it checked instead.
    public byte[] bytes() {
        return bytes;
    }

    void bytes(byte[] read) {
        bytes = read;
    }

    Record body() {
        if (body == null) {
            throw new IllegalStateException("the body was not read");
        }
        return body;
    }

    void body(Record checked) {
        body = checked;
    }

    /// Whom a face found to be asking.
    public void caller(Caller found) {
        @Nullable Language wished = Language.accepted(header("Accept-Language"));
        caller =
                found instanceof Caller.Member member && wished != null
                        ? new Caller.Member(member.user(), member.session(), member.role(), wished)
                        : found;
    }

    void admitOperator() {
        isOperator = true;
    }

    /// What is wrong with the token that came along; null where it is good or none came.
    @Nullable Failure badToken() {
        return badToken;
    }

    void badToken(@Nullable Failure found) {
        badToken = found;
    }

    /// What this request has left of its limit; null where it has none.
    Limits.@Nullable Left left() {
        return left;
    }

    void left(Limits.Left now) {
        left = now;
    }

    /// The token of an `Authorization: Bearer` header.
    public @Nullable String bearer() {
        @Nullable String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? header.substring(7).trim()
                : null;
    }

    private Fields queryFields() {
        if (query == null) {
            try {
                query = Request.extractQueryParameters(request);
            } catch (RuntimeException notUtf8) {
                throw Failure.invalid("query", "characters");
            }
        }
        return query;
    }

    private String port() {
        int port = Request.getServerPort(request);
        return port == (isSecure ? 443 : 80) ? "" : ":" + port;
    }
}
