package madang.adapters;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import madang.kit.Failure;
import madang.kit.db.Db;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Speaks JSON over HTTP with one vendor, and takes nothing from him on trust: a call ends after 5
/// seconds however slowly he answers, is read up to a bound, follows no redirect, keeps no cookie.
/// So many calls are in flight and no more. A vendor who fails in any of this, or answers 5xx, is
/// the failure `PROVIDER_UNAVAILABLE`; after some of them the next ones fail at once (`Breaker`).
/// The log hears of faults by vendor and kind, never of an address, a body or a header.
final class VendorHttp {
    private static final Logger log = LoggerFactory.getLogger(VendorHttp.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 256 << 10;
    private static final int MAX_IN_FLIGHT = 32;

    /// One for all vendors: what they could exhaust is bounded for each.
    private static final class Shared {
        static final HttpClient CLIENT =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(HttpClient.Version.HTTP_1_1)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
    }

    /// What a vendor answered below 500: JSON, or a missing node where he said nothing or, while
    /// refusing, no JSON.
    record Answer(int status, JsonNode json, @Nullable String cacheControl) {
        boolean isGood() {
            return status / 100 == 2;
        }
    }

    private final String vendor;
    private final Json json;
    private final Breaker breaker;
    private final int maxBytes;
    private final boolean countsUsers;
    private final Semaphore inFlight = new Semaphore(MAX_IN_FLIGHT);

    VendorHttp(String vendor, Json json, LongSupplier nanoTime) {
        this(vendor, json, nanoTime, MAX_BYTES, false);
    }

    private VendorHttp(
            String vendor, Json json, LongSupplier nanoTime, int maxBytes, boolean countsUsers) {
        this.vendor = vendor;
        this.json = json;
        this.breaker = new Breaker(nanoTime);
        this.maxBytes = maxBytes;
        this.countsUsers = countsUsers;
    }

    /// Of a vendor who answers much at once, and whose 429 says that one user asks too often: an
    /// answer like others, for which nobody else has to wait.
    static VendorHttp ofUsers(String vendor, Json json, LongSupplier nanoTime, int maxBytes) {
        return new VendorHttp(vendor, json, nanoTime, maxBytes, true);
    }

    Answer get(URI address, Map<String, String> headers, Deadline deadline) {
        return ask(request(address, headers).GET().build(), deadline);
    }

    Answer post(
            URI address, Map<String, String> form, Map<String, String> headers, Deadline deadline) {
        return ask(
                request(address, headers)
                        .header("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")
                        .POST(BodyPublishers.ofString(encoded(form)))
                        .build(),
                deadline);
    }

    /// JSON by any method; without a body where there is none to send.
    Answer send(
            String method,
            URI address,
            @Nullable Object body,
            Map<String, String> headers,
            Deadline deadline) {
        HttpRequest.Builder request = request(address, headers);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(json.write(body)));
        }
        return ask(request.build(), deadline);
    }

    /// Fields of a form or of a query, in the order of the map.
    static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /// The vendor is there and of no use to us: our own credentials, a quota, an answer that makes
    /// no sense. `why` names the kind for the log.
    Failure useless(String why) {
        log.error("{} cannot be used: {}", vendor, why);
        return unavailable();
    }

    static Failure unavailable() {
        return Failure.of(Failure.Kind.UNAVAILABLE, "PROVIDER_UNAVAILABLE");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static HttpRequest.Builder request(URI address, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).header("Accept", "application/json");
        headers.forEach(request::header);
        return request;
    }

    /// What a vendor did wrong, as the log may hear of it.
    private static final class Fault extends Exception {
        Fault(String kind) {
            super(kind, null, false, false);
        }
    }

    private Answer ask(HttpRequest request, Deadline deadline) {
        if (Db.isInTransaction()) {
            throw new IllegalStateException("a vendor is asked inside a transaction");
        }
        if (!inFlight.tryAcquire()) {
            throw unavailable();
        }
        try {
            return counted(request, deadline);
        } finally {
            inFlight.release();
        }
    }

    private Answer counted(HttpRequest request, Deadline deadline) {
        if (!breaker.admits()) {
            throw unavailable();
        }
        try {
            Answer answer = read(sent(request, deadline.left(ANSWER)));
            breaker.worked();
            return answer;
        } catch (Fault fault) {
            if (breaker.failed()) {
                log.warn("{} is left alone for some seconds: {}", vendor, fault.getMessage());
            }
            throw unavailable();
        }
    }

    /// The client's own timeout ends with the headers; this one ends with the last byte, and takes
    /// the connection along.
    private HttpResponse<byte[]> sent(HttpRequest request, Duration patience) throws Fault {
        CompletableFuture<HttpResponse<byte[]>> answer =
                Shared.CLIENT.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            throw new Fault("too slow");
        } catch (ExecutionException broken) {
            throw new Fault(String.valueOf(broken.getCause()).split("[: ]", 2)[0]);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw unavailable();
        } finally {
            answer.cancel(true);
        }
    }

    private Answer read(HttpResponse<byte[]> response) throws Fault {
        int status = response.statusCode();
        boolean isTooOften = status == 429 && !countsUsers;
        if (status >= 500 || isTooOften || status / 100 == 3) {
            throw new Fault("status " + status);
        }
        return new Answer(
                status,
                tree(response.body(), status / 100 == 2),
                response.headers().firstValue("Cache-Control").orElse(null));
    }

    private JsonNode tree(byte[] body, boolean mustBeJson) throws Fault {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return json.tree(body);
        } catch (Failure garbage) {
            if (mustBeJson) {
                throw new Fault("no JSON");
            }
            return MissingNode.getInstance();
        }
    }
}
