import { Store } from './store.js';
import { SocketWire, StreamWire } from './wires.js';

const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 30_000;
const SILENCE_MILLIS = 25_000;

/** Longer than a server lets a call wait for its turn before it says that there is none. */
const ANSWER_MILLIS = 15_000;
const SESSION_ENDED = 4401;
const TOLD_TO_SLOW_DOWN = 4429;
const SLOWED_DOWN_MILLIS = 10_000;

/** Closes that a crowd gets at once (a restart, an overload): its return is spread over more time from the start. */
const CROWD = [1012, 1013];
const CROWD_FAILURES = 2;

/** So many sockets that never open in a row are taken for a proxy that blocks them. */
const BLOCKED = 2;

/** Some proxies neither let a socket through nor say so. */
const OPENING_MILLIS = 10_000;

/** What a call ended with when it was not a result. */
export class SocketError extends Error {
  /** @param {{ code: string, message: string, details?: Record<string, any>, retry_after_ms?: number }} refusal */
  constructor({ code, message, details = {}, retry_after_ms = 0 }) {
    super(message);
    this.code = code;
    this.details = details;
    this.retry_after_ms = retry_after_ms;
  }

  /** The call was lost on the way; asking again is right. */
  get lost() {
    return this.code === 'DISCONNECTED';
  }
}

/**
 * The one socket, and the only place that opens one. It comes back by itself: soon the first time, then
 * after pauses that grow up to half a minute, at once when the network or the reader returns. Where
 * sockets do not get through, the same frames travel as server-sent events.
 *
 * `state` is `off`, `connecting`, `open` or `waiting`. Every pushed frame is an event named by its
 * method whose `detail` is the params; `open` is an event as well, after which whoever listens to
 * something takes it up again from where it stood.
 */
export class Socket extends EventTarget {
  /** @type {Store<'off' | 'connecting' | 'open' | 'waiting'>} */
  state = new Store('off');
  /** @type {SocketWire | StreamWire | null} */
  #wire = null;
  #WebSocket;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #calls = new Map();
  /** As long as one connection lasts. */
  #line = new AbortController();
  #lastId = 0;
  #failures = 0;
  #unopened = 0;
  #attempts = 0;
  /** @type {any} */
  #retry;
  /** @type {any} */
  #silence;

  /**
   * @param {import('./api.js').Api} api
   * @param {{ WebSocket?: typeof WebSocket }} [options] which sockets to use; server-sent events where there are none
   */
  constructor(api, options = {}) {
    super();
    this.api = api;
    this.#WebSocket = 'WebSocket' in options ? options.WebSocket : globalThis.WebSocket;
    globalThis.addEventListener?.('online', () => this.#hurry());
    globalThis.addEventListener?.('offline', () => this.#hangUp());
    globalThis.document?.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
  }

  start() {
    if (this.state.value === 'off') this.#connect();
  }

  stop() {
    clearTimeout(this.#retry);
    this.state.set('off');
    this.#hangUp();
  }

  /**
   * Hears every push of a method; returns the function that ends it.
   *
   * @param {string} method
   * @param {(params: any) => void} listener
   * @returns {() => void}
   */
  on(method, listener) {
    const told = (/** @type {any} */ { detail }) => listener(detail);
    this.addEventListener(method, told);
    return () => this.removeEventListener(method, told);
  }

  /**
   * Asks and waits for the answer. A server that is asked too much, or cannot answer just now, is asked
   * again after a while; every method bears that. Whatever becomes of it becomes of it on one connection:
   * a call never outlives the one on which it was begun.
   *
   * @param {string} method
   * @param {Record<string, any>} params
   * @returns {Promise<any>}
   */
  async call(method, params) {
    for (let refusals = 0; ; refusals++) {
      try {
        return await this.#ask(method, params);
      } catch (error) {
        const wait = error.code === 'SERVICE_UNAVAILABLE' ? pauseAfter(refusals) : error.code === 'RATE_LIMIT_EXCEEDED' && error.retry_after_ms;
        if (!wait) throw error;
        await this.#pause(wait);
      }
    }
  }

  /** Ends with the connection, as waiting for an answer does. @param {number} millis */
  #pause(millis) {
    return new Promise((resolve, reject) => {
      const over = setTimeout(resolve, millis);
      this.#line.signal.addEventListener('abort', () => {
        clearTimeout(over);
        reject(disconnected());
      });
    });
  }

  /**
   * Says something that nobody waits for; without a connection it is not said at all.
   *
   * @param {string} method
   * @param {Record<string, any>} params
   */
  tell(method, params) {
    if (this.state.value === 'open') this.#wire?.send(JSON.stringify({ method, params }));
  }

  #ask(method, params) {
    if (this.state.value !== 'open') return Promise.reject(disconnected());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      if (this.#calls.size === 1) this.#listenForSilence();
      this.#wire?.send(JSON.stringify({ id, method, params }));
    });
  }

  async #connect() {
    const attempt = ++this.#attempts;
    const isWanted = () => attempt === this.#attempts && this.state.value === 'connecting';
    this.state.set('connecting');
    try {
      const dial = await this.#prepare();
      if (!isWanted()) return;
      this.#wire = dial();
      this.#silence = setTimeout(() => this.#hangUp(), OPENING_MILLIS);
    } catch (error) {
      if (!isWanted()) return;
      if (error.status === 401) this.stop();
      else this.#wait(1000 * (error.retryAfterSeconds ?? 0));
    }
  }

  /** What dials, once there is a ticket where one is needed. */
  async #prepare() {
    const { api } = this;
    const ear = { opened: () => this.#opened(), heard: (frame) => this.#heard(JSON.parse(frame)), closed: (code) => this.#closed(code) };
    const Wanted = this.#unopened < BLOCKED ? this.#WebSocket : undefined;
    if (!Wanted) return () => new StreamWire(api, ear);
    const { ticket } = await api.post('/auth/ws-ticket');
    return () => new SocketWire(new Wanted(api.socketUrl(`/chat/ws?ticket=${encodeURIComponent(ticket)}`)), ear);
  }

  #opened() {
    this.#failures = 0;
    this.#unopened = 0;
    this.#line = new AbortController();
    this.#listenForSilence();
    this.state.set('open');
    this.dispatchEvent(new Event('open'));
  }

  #heard(frame) {
    const call = this.#calls.get(frame.id);
    this.#calls.delete(frame.id);
    this.#listenForSilence();
    if (frame.method) this.dispatchEvent(new CustomEvent(frame.method, { detail: frame.params }));
    else if (frame.error) call?.reject(new SocketError(frame.error));
    else call?.resolve(frame.result);
  }

  /**
   * A dead link says nothing, not even goodbye: after a silence it is asked, and ends without an answer.
   * Calls are answered one after the other, so each answer is a sign of life for those that still wait.
   */
  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = this.#calls.size > 0 ? setTimeout(() => this.#hangUp(), ANSWER_MILLIS) : setTimeout(() => this.#ask('ping', {}).catch(() => {}), SILENCE_MILLIS);
  }

  #hangUp() {
    if (!this.#wire) return;
    this.#wire.close();
    this.#closed();
  }

  /** @param {number} [code] none where we hung up */
  async #closed(code) {
    if (this.state.value === 'connecting') this.#unopened++;
    this.#wire = null;
    clearTimeout(this.#silence);
    this.#calls.forEach(({ reject }) => reject(disconnected()));
    this.#calls.clear();
    this.#line.abort();
    if (this.state.value === 'off') return;
    if (code && CROWD.includes(code)) this.#failures = Math.max(this.#failures, CROWD_FAILURES);
    this.#wait(code === TOLD_TO_SLOW_DOWN ? SLOWED_DOWN_MILLIS : 0);
    if (code === SESSION_ENDED && !(await this.api.refresh().catch(() => true))) this.stop();
  }

  /** @param {number} atLeast */
  #wait(atLeast) {
    this.state.set('waiting');
    this.#retry = setTimeout(() => this.#connect(), atLeast + pauseAfter(this.#failures++));
  }

  #hurry() {
    if (this.state.value !== 'waiting' || globalThis.navigator?.onLine === false) return;
    clearTimeout(this.#retry);
    this.#connect();
  }
}

/** Anything up to half a second first, then up to twice as long each time: full jitter keeps a crowd from returning as one. */
export function pauseAfter(failures) {
  return Math.random() * Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** failures);
}

const disconnected = () => new SocketError({ code: 'DISCONNECTED', message: '' });
