package madang.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.extension.authenticator.AuthenticationExtensionAuthenticatorOutput;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// A phone in software: keeps one key on P-256 and answers both ceremonies of WebAuthn in the JSON
/// that browsers send. It can be made to lie in each single thing that it says; everything else
/// then stays right, signature included.
public final class Authenticator {
    public static final int PRESENT = AuthenticatorData.BIT_UP;
    public static final int VERIFIED = AuthenticatorData.BIT_UV;
    private static final int SYNCED = AuthenticatorData.BIT_BE | AuthenticatorData.BIT_BS;
    private static final ObjectConverter LIBRARY = new ObjectConverter();
    private static final UUID SAMSUNG_PASS =
            UUID.fromString("53414d53-554e-4700-0000-000000000000");

    private final byte[] credentialId = new byte[32];
    private KeyPair keys = newKeys();
    private String origin;
    private String rpId;
    private String challenge;
    private String type;
    private int flags = PRESENT | VERIFIED | SYNCED;
    private long signCount;
    private byte[] userHandle = {};

    /// One on which pages of this origin run.
    public Authenticator(String origin) {
        this.origin = origin;
        new SecureRandom().nextBytes(credentialId);
    }

    public Authenticator claimsOrigin(String other) {
        origin = other;
        return this;
    }

    public Authenticator claimsRpId(String other) {
        rpId = other;
        return this;
    }

    public Authenticator claimsChallenge(String other) {
        challenge = other;
        return this;
    }

    public Authenticator claimsType(String other) {
        type = other;
        return this;
    }

    public Authenticator claimsFlags(int other) {
        flags = other;
        return this;
    }

    public Authenticator claimsUser(byte[] other) {
        userHandle = other;
        return this;
    }

    /// As one that counts, from here on.
    public Authenticator hasSigned(long times) {
        signCount = times;
        return this;
    }

    /// Signs with another key than the one it registered.
    public Authenticator losesItsKey() {
        keys = newKeys();
        return this;
    }

    /// A RegistrationResponseJSON for these PublicKeyCredentialCreationOptionsJSON.
    public String creates(JsonNode options) {
        userHandle = Base64.getUrlDecoder().decode(text(options.get("user"), "id"));
        byte[] client = client("webauthn.create", options);
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> data =
                new AuthenticatorData<>(
                        sha256(named(text(options.get("rp"), "id"))),
                        (byte) (flags | AuthenticatorData.BIT_AT),
                        signCount,
                        new AttestedCredentialData(
                                new AAGUID(SAMSUNG_PASS),
                                credentialId,
                                EC2COSEKey.create(
                                        (ECPublicKey) keys.getPublic(),
                                        COSEAlgorithmIdentifier.ES256)));
        byte[] attestation =
                new AttestationObjectConverter(LIBRARY)
                        .convertToBytes(
                                new AttestationObject(data, new NoneAttestationStatement()));
        return """
        {"id":"%1$s","rawId":"%1$s","type":"public-key","authenticatorAttachment":"platform",
         "clientExtensionResults":{},
         "response":{"clientDataJSON":"%2$s","attestationObject":"%3$s",
                     "transports":["internal","hybrid"]}}
        """
                .formatted(base64(credentialId), base64(client), base64(attestation));
    }

    /// An AuthenticationResponseJSON for these PublicKeyCredentialRequestOptionsJSON.
    public String signs(JsonNode options) {
        byte[] client = client("webauthn.get", options);
        signCount += signCount == 0 ? 0 : 1;
        byte[] data =
                new AuthenticatorDataConverter(LIBRARY)
                        .convert(
                                new AuthenticatorData<AuthenticationExtensionAuthenticatorOutput>(
                                        sha256(named(text(options, "rpId"))),
                                        (byte) flags,
                                        signCount));
        return """
        {"id":"%1$s","rawId":"%1$s","type":"public-key","authenticatorAttachment":"platform",
         "clientExtensionResults":{},
         "response":{"clientDataJSON":"%2$s","authenticatorData":"%3$s","signature":"%4$s",
                     "userHandle":"%5$s"}}
        """
                .formatted(
                        base64(credentialId),
                        base64(client),
                        base64(data),
                        base64(signature(data, sha256(client))),
                        base64(userHandle));
    }

    private byte[] client(String usual, JsonNode options) {
        return "{\"type\":\"%s\",\"challenge\":\"%s\",\"origin\":\"%s\",\"crossOrigin\":false}"
                .formatted(
                        type == null ? usual : type,
                        challenge == null ? text(options, "challenge") : challenge,
                        origin)
                .getBytes(UTF_8);
    }

    private byte[] named(String usual) {
        return (rpId == null ? usual : rpId).getBytes(UTF_8);
    }

    private byte[] signature(byte[] data, byte[] clientHash) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            signature.update(clientHash);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).stringValue();
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
