package madang.passkeys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.server.ServerProperty;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import madang.kit.Failure;
import madang.kit.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The two ceremonies of WebAuthn as far as they are mathematics: reads what an authenticator
/// answered and checks it, word for word, against what we asked. The only class that knows the
/// library. It always wants the user verified (by finger, face or PIN), so that a passkey counts as
/// two factors.
final class Ceremonies {
    /// Ed25519, ECDSA on P-256, RSA: the first is the fastest, the last is what Windows Hello has.
    static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(
                    COSEAlgorithmIdentifier.EdDSA,
                    COSEAlgorithmIdentifier.ES256,
                    COSEAlgorithmIdentifier.RS256);

    private static final List<PublicKeyCredentialParameters> KEYS =
            ALGORITHMS.stream()
                    .map(algorithm ->
                            new PublicKeyCredentialParameters(
                                    PublicKeyCredentialType.PUBLIC_KEY, algorithm))
                    .toList();

    private final Json json;
    private final WebAuthnManager library;
    private final AttestedCredentialDataConverter attested;

    Ceremonies(Json json) {
        this.json = json;
        ObjectConverter converter = new ObjectConverter();
        library = WebAuthnManager.createNonStrictWebAuthnManager(converter);
        attested = new AttestedCredentialDataConverter(converter);
    }

    /// A key that was born in front of us.
    record NewKey(
            byte[] credentialId,
            byte[] attested,
            long signCount,
            boolean isBackupEligible,
            boolean isBackedUp,
            List<String> transports) {}

    /// That a key signed once more.
    record Signed(long signCount, boolean isBackedUp) {}

    RegistrationData readRegistration(JsonNode credential) {
        return read(() -> library.parseRegistrationResponseJSON(text(credential)));
    }

    AuthenticationData readSignIn(JsonNode credential) {
        return read(() -> library.parseAuthenticationResponseJSON(text(credential)));
    }

    /// What was signed, as the client says.
    static byte[] challenge(@Nullable CollectedClientData client) {
        if (client == null || client.getChallenge() == null) {
            throw unreadable();
        }
        return client.getChallenge().getValue();
    }

    /// What every answer has that the library could read.
    static <T> T present(@Nullable T part) {
        if (part == null) {
            throw unreadable();
        }
        return part;
    }

    NewKey verified(RegistrationData answer, RelyingParty us) {
        RegistrationData found =
                library.verify(
                        answer,
                        new RegistrationParameters(
                                expected(present(answer.getCollectedClientData()), us),
                                KEYS,
                                true,
                                true));
        AuthenticatorData<?> told = present(found.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData key = present(told.getAttestedCredentialData());
        return new NewKey(
                key.getCredentialId(),
                attested.convert(key),
                told.getSignCount(),
                told.isFlagBE(),
                told.isFlagBS(),
                transports(found.getTransports()));
    }

    /// Which key signed.
    @SuppressWarnings("NullAway") // to the library the array may be null, to NullAway its bytes
    static byte[] credentialId(AuthenticationData answer) {
        return present(answer.getCredentialId());
    }

    /// Whose key signed, as we named him to his authenticator.
    @SuppressWarnings("NullAway") // as above
    static byte @Nullable [] userHandle(AuthenticationData answer) {
        return answer.getUserHandle();
    }

    Signed verified(AuthenticationData answer, Passkey passkey, RelyingParty us) {
        AuthenticationData found =
                library.verify(
                        answer,
                        new AuthenticationParameters(
                                expected(present(answer.getCollectedClientData()), us),
                                remembered(passkey),
                                null,
                                true,
                                true));
        AuthenticatorData<?> told = present(found.getAuthenticatorData());
        return new Signed(told.getSignCount(), told.isFlagBS());
    }

    /// The model of a passkey's authenticator; all zero where it does not say.
    UUID model(Passkey passkey) {
        return present(attested.convert(passkey.attested()).getAaguid().getValue());
    }

    private CredentialRecordImpl remembered(Passkey passkey) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                passkey.isBackupEligible(),
                passkey.isBackedUp(),
                passkey.signCount(),
                attested.convert(passkey.attested()),
                null,
                null,
                null,
                null);
    }

    /// The challenge is the one that was signed, because that has been spent by now.
    private static ServerProperty expected(CollectedClientData client, RelyingParty us) {
        return ServerProperty.builder()
                .origin(new Origin(us.origin()))
                .rpId(us.id())
                .challenge(client.getChallenge())
                .build();
    }

    private static List<String> transports(@Nullable Set<AuthenticatorTransport> told) {
        return told == null
                ? List.of()
                : told.stream().map(AuthenticatorTransport::getValue).sorted().toList();
    }

    private String text(JsonNode credential) {
        return new String(json.write(credential), UTF_8);
    }

    /// What the library throws at things that are no credential is as manifold as they are.
    private static <T> T read(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException malformed) {
            throw unreadable();
        }
    }

    private static Failure unreadable() {
        return Failure.invalid("credential", "passkey");
    }
}
