import { api } from './api.js';
import { Store } from './store.js';

const PATH = '/api/v1/chat/ws';
const FIRST_RETRY_MILLIS = 500;
const LAST_RETRY_MILLIS = 30_000;
const SILENCE_MILLIS = 25_000;
const ANSWER_MILLIS = 10_000;
const SESSION_ENDED = 4401;
const TOLD_TO_SLOW_DOWN = 4429;

/** What a call on the socket ended with when it was not a result. */
export class SocketError extends Error {
  constructor({ code, message, ...more }) {
    super(message);
    Object.assign(this, { code, ...more });
  }

  /** The call was lost on the way; asking again is right. */
  get lost() {
    return this.code === 'DISCONNECTED';
  }
}

/**
 * The one socket of the page, and the only place that opens one. It comes back by itself: soon the
 * first time, then with growing, jittered pauses, at once when the network or the reader returns.
 *
 * `state` is `off`, `connecting`, `open` or `waiting`. Every pushed frame is an event named by its
 * method whose `detail` is the params; `open` is an event as well, after which whoever listens to
 * something takes it up again from where it stood.
 */
class Socket extends EventTarget {
  state = new Store('off');
  #wire = null;
  #calls = new Map();
  #lastId = 0;
  #failures = 0;
  #retry = 0;
  #silence = 0;

  constructor() {
    super();
    addEventListener('online', () => this.#hurry());
    addEventListener('offline', () => this.#hangUp());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
  }

  start() {
    if (this.state.value === 'off') this.#connect();
  }

  stop() {
    clearTimeout(this.#retry);
    this.state.set('off');
    this.#hangUp();
  }

  /** Asks and waits for the answer. A server that is told too much says how long to wait, and is asked again. */
  async call(method, params) {
    for (;;) {
      try {
        return await this.#ask(method, params);
      } catch (error) {
        if (error.code !== 'RATE_LIMIT_EXCEEDED' || !error.retry_after_ms) throw error;
        await new Promise((done) => setTimeout(done, error.retry_after_ms));
      }
    }
  }

  /** Says something that nobody waits for; without a connection it is not said at all. */
  tell(method, params) {
    if (this.state.value === 'open') this.#wire.send(JSON.stringify({ method, params }));
  }

  #ask(method, params) {
    if (this.state.value !== 'open') return Promise.reject(disconnected());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const overdue = setTimeout(() => this.#hangUp(), ANSWER_MILLIS);
      this.#calls.set(id, { resolve, reject, overdue });
      this.#wire.send(JSON.stringify({ id, method, params }));
    });
  }

  async #connect() {
    this.state.set('connecting');
    try {
      const { ticket } = await api.post('/auth/ws-ticket');
      if (this.state.value === 'connecting') this.#dial(ticket);
    } catch (error) {
      if (error.status !== 401) this.#wait();
    }
  }

  #dial(ticket) {
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const wire = new WebSocket(`${scheme}//${location.host}${PATH}?ticket=${encodeURIComponent(ticket)}`);
    this.#wire = wire;
    wire.onopen = () => this.#opened();
    wire.onmessage = ({ data }) => this.#heard(JSON.parse(data));
    wire.onclose = ({ code }) => wire === this.#wire && this.#closed(code);
  }

  #opened() {
    this.#failures = 0;
    this.#listenForSilence();
    this.state.set('open');
    this.dispatchEvent(new Event('open'));
  }

  #heard(frame) {
    this.#listenForSilence();
    if (frame.method) {
      this.dispatchEvent(new CustomEvent(frame.method, { detail: frame.params }));
      return;
    }
    const call = this.#calls.get(frame.id);
    if (!call) return;
    this.#calls.delete(frame.id);
    clearTimeout(call.overdue);
    if (frame.error) call.reject(new SocketError(frame.error));
    else call.resolve(frame.result);
  }

  /**
   * A dead link says nothing, not even goodbye. After a silence anything is asked; any answer, an
   * unknown method's too, proves the link, and none within ten seconds ends it.
   */
  #listenForSilence() {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#ask('ping', {}).catch(() => {}), SILENCE_MILLIS);
  }

  /** Lets go of the wire at once; a close that waits for the other side could wait for ever. */
  #hangUp() {
    const wire = this.#wire;
    if (!wire) return;
    wire.onclose = null;
    wire.onmessage = null;
    wire.close();
    this.#closed();
  }

  async #closed(code) {
    this.#wire = null;
    clearTimeout(this.#silence);
    this.#calls.forEach(({ reject, overdue }) => {
      clearTimeout(overdue);
      reject(disconnected());
    });
    this.#calls.clear();
    if (this.state.value === 'off') return;
    if (code === TOLD_TO_SLOW_DOWN) this.#failures = Math.max(this.#failures, 5);
    this.#wait();
    if (code === SESSION_ENDED && !(await api.refresh().catch(() => true))) this.stop();
  }

  #wait() {
    this.state.set('waiting');
    this.#retry = setTimeout(() => this.#connect(), pauseAfter(this.#failures++));
  }

  #hurry() {
    if (this.state.value !== 'waiting' || !navigator.onLine) return;
    clearTimeout(this.#retry);
    this.#connect();
  }
}

/** Up to half a second first, then doubling to half a minute; jitter keeps a crowd from returning as one. */
function pauseAfter(failures) {
  const longest = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS * 2 ** failures);
  return failures === 0 ? Math.random() * longest : longest * (0.5 + Math.random() / 2);
}

const disconnected = () => new SocketError({ code: 'DISCONNECTED', message: '' });

export const socket = new Socket();
