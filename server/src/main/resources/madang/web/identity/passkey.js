import { say } from '../kit/texts.js';

/** Whether this browser knows passkeys, and the JSON in which they travel. */
export const knowsPasskeys = () => 'parseCreationOptionsFromJSON' in (globalThis.PublicKeyCredential ?? {});

/** Lets the device make a key as `options` ask; what it answers is for the server. */
export const makePasskey = ({ public_key: options }) =>
  told(async () => (await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })).toJSON());

/** Lets the reader choose one of the keys that the device has for us, and signs with it. */
export const usePasskey = ({ public_key: options }) =>
  told(async () => (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })).toJSON());

/** Tells the device that we know its key no more, so that it offers it no more. */
export function disown({ public_key: { rpId } }, { id: credentialId }) {
  PublicKeyCredential.signalUnknownCredential?.({ rpId, credentialId }).catch(() => {});
}

/** What a browser says when somebody changes their mind is English and meant for programs. */
async function told(asking) {
  try {
    return await asking();
  } catch (error) {
    throw new Error(say(error.name === 'InvalidStateError' ? 'identity.passkey-exists' : 'identity.passkey-declined'), { cause: error });
  }
}
