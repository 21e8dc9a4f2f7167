package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A small public web on this machine, for houses that look behind links: every name leads to one
/// server at 127.0.0.2, which is let pass here and nowhere else.
public final class NearWeb implements AutoCloseable {
    private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.2");

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> visits = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService clerks = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final PublicWeb web;

    public static NearWeb open() {
        try {
            return new NearWeb(HttpServer.create(new InetSocketAddress(HERE, 0), 50));
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    private NearWeb(HttpServer server) {
        this.server = server;
        server.setExecutor(clerks);
        server.createContext("/", this::answer);
        server.start();
        web = new PublicWeb(_ -> List.of(HERE), "test", HERE::equals, Set.of(port()));
    }

    /// For one house, which closes it.
    public PublicWeb web() {
        return web;
    }

    /// Puts up a page; its address, under this name.
    public String page(String name, String path, String html) {
        return page(name, path, html.getBytes(UTF_8));
    }

    public String page(String name, String path, byte[] bytes) {
        pages.put(path, bytes);
        return address(name, path);
    }

    /// An address at which whoever asks waits for ever.
    public String silence(String name, String path) {
        return address(name, path);
    }

    /// How often a page was asked for.
    public int visits(String path) {
        return visits.getOrDefault(path, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        clerks.close();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private String address(String name, String path) {
        return "http://%s:%d%s".formatted(name, port(), path);
    }

    private void answer(HttpExchange asked) throws IOException {
        String path = asked.getRequestURI().getPath();
        visits.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
        byte[] page = pages.get(path);
        try (asked) {
            if (page == null) {
                awaitEnd();
                return;
            }
            asked.getResponseHeaders().set("Content-Type", "text/html");
            asked.sendResponseHeaders(200, page.length);
            asked.getResponseBody().write(page);
        }
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
