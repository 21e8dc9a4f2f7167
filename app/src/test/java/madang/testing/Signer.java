package madang.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/// A vendor's key, and tokens put together by hand, so that they can be wrong in any way.
public final class Signer {
    private final RSAKey key;

    public Signer(String kid) {
        this(kid, 2_048);
    }

    public Signer(String kid, int bits) {
        try {
            key =
                    new RSAKeyGenerator(bits, bits < 2_048)
                            .keyID(kid)
                            .keyUse(KeyUse.SIGNATURE)
                            .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public RSAKey key() {
        return key;
    }

    public byte[] publicKey() {
        try {
            return key.toRSAPublicKey().getEncoded();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public String token(String header, String claims) {
        return token(header.getBytes(UTF_8), claims.getBytes(UTF_8));
    }

    public String token(byte[] header, byte[] claims) {
        String signed = text(header) + "." + text(claims);
        return signed + "." + text(signature("SHA256withRSA", signed));
    }

    public byte[] signature(String algorithm, String text) {
        try {
            Signature signature = Signature.getInstance(algorithm);
            PrivateKey secret = key.toPrivateKey();
            signature.initSign(secret);
            signature.update(text.getBytes(UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The public halves, as a vendor publishes them.
    public static String published(Signer... signers) {
        return new JWKSet(Arrays.stream(signers).map(signer -> (JWK) signer.key).toList())
                .toString(true);
    }
}
