import { api } from '../kit/api.js';
import { forget } from '../kit/memory.js';
import { go } from '../kit/router.js';
import { socket } from '../kit/socket.js';
import { Store } from '../kit/store.js';
import { language, speak } from '../kit/texts.js';
import { zone } from '../kit/time.js';
import { disown, usePasskey } from './passkey.js';

/** Who is here: `state` is `unknown`, `guest`, `user` or `unreachable`; `user` as the server tells it to its owner. */
export const session = new Store({ state: 'unknown', user: null });

api.addEventListener('signed-out', () => session.set({ state: 'guest', user: null }));

/** Takes up the session that the cookie remembers, if it does. */
export async function resume() {
  try {
    const user = await api.refresh();
    if (user) await welcome(user);
  } catch (error) {
    session.set({ state: 'unreachable', user: null, error });
  }
}

export const signIn = (credentials) => signInBy('/auth/login', credentials);

/** Comes in by another way of the server's that answers tokens. */
export const signInBy = async (path, proof) => welcome(await api.enter(path, proof));

/** Comes in by a key of this device. One that the server does not know is offered no more. */
export async function signInByPasskey() {
  const options = await api.call('/auth/passkey/options');
  const credential = await usePasskey(options);
  try {
    await welcome(await api.enter('/auth/passkey', { credential }));
  } catch (error) {
    if (error.code === 'PASSKEY_UNKNOWN') disown(options, credential);
    throw error;
  }
}

/** Comes in without a name; the account lives as long as this browser remembers it. */
export const lookAround = async () => keepHabits(await api.enter('/auth/anonymous', {}));

/** A guest becomes somebody who can come back; the server ends the guest's session, and with it the socket's. */
export async function settle(person) {
  socket.stop();
  try {
    await welcome(await api.become('/auth/convert-anonymous', person));
  } finally {
    socket.start();
  }
}

/** A new account speaks the language and keeps the clock of the page where it was made. */
export async function signUp(person) {
  await keepHabits(await api.enter('/auth/register', person));
}

/** Leaves nothing of the reader in this browser but the language, and no way back but signing in. */
export async function signOut({ everywhere = false } = {}) {
  const { id } = session.value.user;
  await leave(everywhere);
  forget(`of.${id}`);
  go('/welcome', { replace: true });
}

/** Leaves for good: the server ends every session, and the page goes as if it had signed out. */
export async function withdraw(words) {
  const { id } = session.value.user;
  socket.stop();
  try {
    await api.quit('/users/me', words);
  } catch (error) {
    socket.start();
    throw error;
  }
  forget(`of.${id}`);
  go('/welcome', { replace: true });
}

/** Whoever came by another house, a letter or a phone may have none. */
export const hasPassword = () => session.value.user?.has_password !== false;

/** Takes up what the server says about the user from now on. */
export const meet = (user) => session.set({ state: 'user', user });

/** A session that one ends oneself is no lost connection, so the socket goes first. */
async function leave(everywhere) {
  socket.stop();
  try {
    await api.leave(everywhere);
  } catch (error) {
    socket.start();
    throw error;
  }
}

async function keepHabits(user) {
  await welcome(await api.patch('/users/me', { language: language.value, time_zone: zone.value }).catch(() => user));
}

export async function saveProfile(changes) {
  await welcome(await api.patch('/users/me', changes));
}

export const changePassword = (words) => api.patch('/users/me/password', words);

async function welcome(user) {
  await speak(user.language);
  zone.set(user.time_zone);
  session.set({ state: 'user', user });
}
