package madang.sandbox.stand;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.json.Json;
import tools.jackson.databind.JsonNode;

/// The RSA keys that a vendor signs with, the newest first, and the set of their public halves.
/// Made when they are first asked for: most runs of the house never need one.
public final class SigningKeys {
    private static final int BITS = 2048;

    /// A key that was taken out of use stays in the set as long as its tokens may live.
    private static final int MOST = 3;

    private final int atFirst;
    private final Deque<RSAKey> keys = new ArrayDeque<>();

    /// @param atFirst how many keys the vendor publishes at a time
    public SigningKeys(int atFirst) {
        this.atFirst = atFirst;
    }

    /// From now on a new key signs; the one before stays known.
    public synchronized void rotate() {
        keys().addFirst(made());
        if (keys.size() > MOST) {
            keys.removeLast();
        }
    }

    /// The public halves, as RFC 7517 writes them.
    public synchronized Map<String, Object> published() {
        return new JWKSet(List.copyOf(keys())).toJSONObject(true);
    }

    /// These claims as a compact JWS by the newest key.
    public String sign(String type, Map<String, Object> claims) {
        return sign(type, new Payload(claims));
    }

    private synchronized String sign(String type, Payload payload) {
        RSAKey key = keys().getFirst();
        JWSObject signed =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID(key.getKeyID())
                                .type(new JOSEObjectType(type))
                                .build(),
                        payload);
        try {
            signed.sign(new RSASSASigner(key));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return signed.serialize();
    }

    private Deque<RSAKey> keys() {
        while (keys.size() < atFirst) {
            keys.addLast(made());
        }
        return keys;
    }

    private static RSAKey made() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(Randoms.word().substring(0, 16))
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The set, as a vendor answers it.
    public ApiResponse answer(long maxAgeSeconds) {
        return ApiResponse.ok(published())
                .header("Cache-Control", "public, max-age=" + maxAgeSeconds);
    }

    /// Any `claims` under the vendor's own signature, `typ` as one likes: for tests of what a
    /// product must refuse although the signature is right.
    public ApiResponse signed(ApiRequest request, Json json) {
        JsonNode claims = Told.of(request, json).json().path("claims");
        String type = Told.of(request, json).textOr("typ", "JWT");
        return ApiResponse.ok(Map.of("token", sign(type, new Payload(json.write(claims)))));
    }

    public ApiResponse rotated() {
        rotate();
        return answer(0);
    }
}
