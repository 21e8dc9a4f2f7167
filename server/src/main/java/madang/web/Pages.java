package madang.web;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import madang.kit.Failure;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Limit;
import madang.kit.http.Routes;
import org.jspecify.annotations.Nullable;

/// The addresses of the pages and of their files.
public final class Pages {
    private static final List<String> ADDRESSES =
            List.of(
                    "/",
                    "/welcome",
                    "/reset",
                    "/verify-email",
                    "/magic",
                    "/account",
                    "/chat",
                    "/chat/{room}",
                    "/events",
                    "/events/{event}",
                    "/events/{event}/chat",
                    "/invite/{code}",
                    "/slots",
                    "/slots/{slot}",
                    "/polls",
                    "/polls/{code}",
                    "/friends",
                    "/settings",
                    "/settings/{part}");

    private final Future<Assets> assets;

    /// The files may still be on their way from the disk; the first request waits for them.
    public Pages(Future<Assets> assets) {
        this.assets = assets;
    }

    public void routes(Routes routes) {
        for (String address : ADDRESSES) {
            routes.get(address, Access.PUBLIC, Limit.NONE, this::page).hidden();
        }
        for (String folder :
                List.of("/assets/{file...}", "/client/{file...}", "/webjars/{file...}")) {
            routes.get(folder, Access.PUBLIC, Limit.NONE, this::file).hidden();
        }
    }

    private ApiResponse page(ApiRequest request) {
        IndexPage index = assets().index();
        return answer(request, index.html())
                .header("Content-Security-Policy", index.contentSecurityPolicy());
    }

    private ApiResponse file(ApiRequest request) {
        return answer(
                request,
                assets().find(request.path()).orElseThrow(() -> Failure.notFound("NOT_FOUND")));
    }

    private Assets assets() {
        try {
            return assets.get();
        } catch (ExecutionException unreadable) {
            throw new IllegalStateException("the pages cannot be read", unreadable);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable();
        }
    }

    private static ApiResponse answer(ApiRequest request, Asset asset) {
        byte @Nullable [] gzip = request.accepts("gzip") ? asset.gzip() : null;
        String etag = gzip == null ? asset.etag() : asset.gzipEtag();
        boolean isKnown = etag.equals(request.header("If-None-Match"));
        ApiResponse answer =
                ApiResponse.raw(
                        isKnown ? 304 : 200,
                        asset.contentType(),
                        isKnown ? new byte[0] : gzip == null ? asset.bytes() : gzip);
        if (gzip != null) {
            answer.header("Content-Encoding", "gzip");
        }
        return answer.header("ETag", etag)
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", asset.cacheControl());
    }
}
