/// Passkeys (WebAuthn Level 3): a key in somebody's phone, laptop or password manager that signs in
/// without a name and without a password. Owns the schema `passkeys` (`passkey`, `challenge`).
///
/// What may surprise: options and credentials travel in WebAuthn's own JSON with its camel-case
/// names, because browsers and phones read and write that by themselves
/// (`PublicKeyCredential.parseCreationOptionsFromJSON`, `credential.toJSON()`, Android's Credential
/// Manager). A challenge is spent by the first answer to it, a wrong one too. No attestation is
/// asked for: which make of authenticator somebody has is his business.
@NullMarked
package madang.passkeys;

import org.jspecify.annotations.NullMarked;
