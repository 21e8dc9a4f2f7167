package madang.kit.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A trap listens at 127.0.0.1; an honest server, which stands for the public web, at 127.0.0.2,
/// the one inner address that these tests let pass. Names are resolved by a stand-in.
class PublicWebTest {
    private static final Set<String> HTML = Set.of("text/html");
    private static final Map<String, List<List<String>>> NAMES = new ConcurrentHashMap<>();
    private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();
    private static final AtomicInteger TRAPPED = new AtomicInteger();

    private static HttpServer honest;
    private static ServerSocket trap;
    private static PublicWeb web;
    private static int port;

    @BeforeAll
    static void open() throws IOException {
        listen();
        honest.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        honest.createContext("/", PublicWebTest::answer);
        honest.start();
        Thread.startVirtualThread(PublicWebTest::count);
        web =
                new PublicWeb(
                        PublicWebTest::resolve,
                        "test",
                        address ->
                                PublicAddresses.isPublic(address)
                                        || address.getHostAddress().equals("127.0.0.2"),
                        Set.of(port));
        names("open.test", "127.0.0.2");
        names("inside.test", "127.0.0.1");
        names("both.test", "127.0.0.2", "127.0.0.1");
        names("mapped.test", "::ffff:127.0.0.1");
        names("nat64.test", "64:ff9b::7f00:1");
        names("six.test", "::1");
    }

    @AfterAll
    static void close() throws IOException {
        web.close();
        honest.stop(0);
        trap.close();
    }

    @BeforeEach
    void forget() {
        TRAPPED.set(0);
        ASKED.clear();
    }

    @Test
    void an_honest_page_is_read() {
        PublicWeb.Page page = fetch("http://open.test:%d/page?q=1#part").orElseThrow();
        assertThat(new String(page.bytes(), UTF_8)).isEqualTo("<title>GET /page?q=1</title>");
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.address().toString()).isEqualTo("http://open.test:" + port + "/page?q=1");
    }

    @Test
    void korean_addresses_are_read() {
        names("xn--3e0b707e.test", "127.0.0.2");
        assertThat(fetch("http://한국.test:%d/마당?차=녹차")).isPresent();
    }

    @Test
    void what_is_no_page_is_not_read() {
        assertThat(fetch("http://open.test:%d/picture")).isEmpty();
        assertThat(fetch("http://open.test:%d/missing")).isEmpty();
        assertThat(fetch("http://open.test:%d/packed")).isEmpty();
        assertThat(fetch("http://nowhere.test:%d/")).isEmpty();
    }

    @Test
    void a_page_without_end_is_read_up_to_a_bound() {
        assertThat(fetch("http://open.test:%d/endless").orElseThrow().bytes()).hasSize(512 << 10);
    }

    @Test
    void redirects_are_followed_three_times() {
        assertThat(fetch("http://open.test:%d/hop/3")).isPresent();
        assertThat(fetch("http://open.test:%d/hop/4")).isEmpty();
        assertThat(fetch("http://open.test:%d/hop/round")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d/",
                "http://inside.test:%d/",
                "http://both.test:%d/",
                "http://six.test:%d/",
                "//127.0.0.1:%d/",
                "http://[::ffff:127.0.0.1]:%d/",
                "http://2130706433:%d/",
                "http://open.test@127.0.0.1:%d/",
                "file:///etc/passwd",
                "gopher://127.0.0.1:%d/",
                "https://127.0.0.1:%d/",
                "http://127.1:%d/",
                "http://[::1]:%d/"
            })
    void a_redirect_leads_nowhere_inside(String inside) throws IOException {
        String target = inside.formatted(port);
        assertThat(fetch("http://open.test:%d/to?" + target)).isEmpty();
        assertNobodyWasTrapped();
    }

    /// The name answers with an address of the public web when it is looked at, and with ours
    /// afterwards.
    @Test
    void a_name_that_changes_its_mind_gains_nothing() throws IOException {
        for (int i = 0; i < 30; i++) {
            String name = "turning" + i + ".test";
            names(name, List.of(List.of("127.0.0.2"), List.of("127.0.0.1")));
            assertThat(fetch("http://" + name + ":%d/slow")).as("first look").isPresent();
            assertThat(ASKED.get(name)).as("looked up once a connection").hasValue(1);
            assertThat(fetch("http://" + name + ":%d/")).as("second look").isEmpty();
        }
        names("hopping.test", List.of(List.of("127.0.0.2"), List.of("127.0.0.1")));
        assertThat(fetch("http://hopping.test:%d/to?http://hopping.test:" + port + "/x")).isEmpty();
        assertNobodyWasTrapped();
    }

    @Test
    void two_hundred_tricks_reach_nobody() throws IOException {
        List<String> tricks = tricks();
        assertThat(tricks).doesNotHaveDuplicates().hasSizeGreaterThan(200);
        for (String trick : tricks) {
            assertThat(web.fetch(trick, HTML)).as(trick).isEmpty();
        }
        assertNobodyWasTrapped();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::a00:1",
                "2002:a00:1::",
                "2001:0:a00:1::",
                "2001:db8::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1",
                "5f00::1",
                "3fff::1"
            })
    void inner_addresses_are_inside(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "198.17.0.1",
                "223.255.255.254",
                "2606:4700:4700::1111",
                "2001:4860:4860::8888",
                "2a00:1450::1"
            })
    void outer_addresses_are_outside(String address) {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
    }

    /// Every way to write an inner address that browsers, C libraries, proxies or parsers are known
    /// to take, in each of several places of a URL.
    private static List<String> tricks() {
        List<String> hosts =
                List.of(
                        "127.0.0.1",
                        "127.1",
                        "127.0.1",
                        "127.000.000.001",
                        "0177.0.0.1",
                        "0x7f.1",
                        "0x7f000001",
                        "2130706433",
                        "017700000001",
                        "127.0.0.1.",
                        "0",
                        "0.0.0.0",
                        "localhost",
                        "LOCALHOST",
                        "localhost.",
                        "inside.test",
                        "INSIDE.test.",
                        "both.test",
                        "mapped.test",
                        "nat64.test",
                        "six.test",
                        "[::1]",
                        "[::]",
                        "[0:0:0:0:0:0:0:1]",
                        "[::ffff:127.0.0.1]",
                        "[::ffff:7f00:1]",
                        "[0:0:0:0:0:ffff:127.0.0.1]",
                        "[::127.0.0.1]",
                        "[64:ff9b::127.0.0.1]",
                        "[64:ff9b::7f00:1]",
                        "[2002:7f00:1::]",
                        "[2001::1]",
                        "[fe80::1]",
                        "[fe80::1%25lo]",
                        "[fc00::1]",
                        "[fd00:ec2::254]",
                        "[ff02::1]",
                        "[fec0::1]",
                        "10.0.0.1",
                        "10.1",
                        "172.16.0.1",
                        "192.168.0.1",
                        "169.254.169.254",
                        "2852039166",
                        "0xA9FEA9FE",
                        "0251.0376.0251.0376",
                        "100.100.100.200",
                        "192.0.0.192",
                        "metadata.google.internal",
                        "127。0。0。1",
                        "①②⑦.⓪.⓪.①",
                        "１２７.０.０.１",
                        "127.0.0.1\\@open.test",
                        "open.test@127.0.0.1",
                        "open.test%40127.0.0.1",
                        "open.test:80@127.0.0.1",
                        "127.0.0.1%00.open.test",
                        "loc\u00adalhost",
                        "ｌｏｃａｌｈｏｓｔ",
                        "127.0.0.1%2f.open.test");
        List<String> tricks = new ArrayList<>();
        for (String host : hosts) {
            tricks.add("http://" + host + ":" + port + "/");
            tricks.add("https://" + host + ":" + port + "/latest/meta-data/");
            tricks.add("HTTP://" + host + ":" + port + "?x#y");
        }
        Stream.of(
                        "http:/%s",
                        "http:%s",
                        "http:\\\\%s",
                        "http://\t%s",
                        "http:// %s",
                        "//%s",
                        "%s",
                        "ftp://%s",
                        "gopher://%s/_x",
                        "dict://%s",
                        "ldap://%s",
                        "jar:http://%s!/",
                        "file://%s/etc/passwd",
                        "http://%s@",
                        "http://@%s",
                        "http://:@%s",
                        "http://open.test#@%s/",
                        "http://open.test?@%s/",
                        "http://open.test\\@%s/",
                        "http://user:pass@%s/",
                        "http://[%s]/",
                        "http://%s\r\nHost: open.test")
                .forEach(form -> tricks.add(form.formatted("127.0.0.1:" + port)));
        IntStream.of(0, 22, 25, 81, 5432, 6379, 8080, 65536, 99999)
                .forEach(other -> tricks.add("http://open.test:" + other + "/"));
        tricks.addAll(
                List.of(
                        "",
                        " ",
                        "http://",
                        "http:///x",
                        "https://:443/",
                        "http://[/",
                        "http://]/"));
        tricks.add("http://" + "a".repeat(300) + ".test:" + port + "/");
        tricks.add("http://open.test:" + port + "/" + "a".repeat(4_000));
        return tricks;
    }

    /// We go there ourselves: the trap takes its guests in turn, so all who came before are
    /// counted.
    private static void assertNobodyWasTrapped() throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(probe.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(TRAPPED).hasValue(1);
    }

    private static Optional<PublicWeb.Page> fetch(String address) {
        return web.fetch(address.replace("%d", Integer.toString(port)), HTML);
    }

    private static void names(String name, String... addresses) {
        names(name, List.of(List.of(addresses)));
    }

    private static void names(String name, List<List<String>> answers) {
        NAMES.put(name, answers);
    }

    /// Each answer in its turn, the last one for ever. Literals are what the system makes of them.
    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        String name = host.replaceFirst("\\.$", "");
        if (name.equals("localhost") || name.endsWith("internal")) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        List<List<String>> answers = NAMES.get(name);
        if (answers == null) {
            return List.of(literal(host));
        }
        int time = ASKED.computeIfAbsent(name, _ -> new AtomicInteger()).getAndIncrement();
        return answers.get(Math.min(time, answers.size() - 1)).stream()
                .map(InetAddress::ofLiteral)
                .toList();
    }

    private static InetAddress literal(String host) throws UnknownHostException {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException noAddress) {
            throw new UnknownHostException(host);
        }
    }

    private static void answer(HttpExchange asked) throws IOException {
        String path = asked.getRequestURI().getPath();
        String query = asked.getRequestURI().getRawQuery();
        try (asked) {
            switch (path.split("/", -1)[1]) {
                case "picture" -> send(asked, 200, "image/png", "png");
                case "missing" -> send(asked, 404, "text/html", "none");
                case "packed" -> {
                    asked.getResponseHeaders().set("Content-Encoding", "gzip");
                    send(asked, 200, "text/html", "bomb");
                }
                case "endless" -> send(asked, 200, "text/html", "x".repeat(2 << 20));
                case "to" -> redirect(asked, query);
                case "hop" -> hop(asked, path);
                default ->
                        send(
                                asked,
                                200,
                                "text/html; charset=utf-8",
                                "<title>GET " + asked.getRequestURI() + "</title>");
            }
        }
    }

    private static void hop(HttpExchange asked, String path) throws IOException {
        String left = path.substring("/hop/".length());
        switch (left) {
            case "round" -> redirect(asked, "/hop/round");
            case "1" -> redirect(asked, "/landed");
            default -> redirect(asked, "/hop/" + (Integer.parseInt(left) - 1));
        }
    }

    private static void redirect(HttpExchange asked, String where) throws IOException {
        asked.getResponseHeaders().set("Location", where);
        send(asked, 302, "text/html", "there");
    }

    private static void send(HttpExchange asked, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        asked.getResponseHeaders().set("Content-Type", type);
        asked.sendResponseHeaders(status, bytes.length);
        try {
            asked.getResponseBody().write(bytes);
        } catch (IOException enoughWasRead) {
            // as it should be
        }
    }

    /// Both on one port, which is free at both addresses.
    private static void listen() throws IOException {
        for (int tries = 0; ; tries++) {
            honest = HttpServer.create(new InetSocketAddress("127.0.0.2", 0), 50);
            port = honest.getAddress().getPort();
            try {
                trap = new ServerSocket(port, 50, InetAddress.ofLiteral("127.0.0.1"));
                return;
            } catch (BindException taken) {
                honest.stop(0);
                if (tries == 20) {
                    throw taken;
                }
            }
        }
    }

    private static void count() {
        try {
            while (true) {
                Socket caught = trap.accept();
                TRAPPED.incrementAndGet();
                caught.close();
            }
        } catch (IOException closed) {
            // the tests are over
        }
    }
}
