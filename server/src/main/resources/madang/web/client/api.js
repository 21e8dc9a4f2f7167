import { ApiError } from './api-error.js';
import { randomId } from './ids.js';
import { upload } from './upload.js';

const PREFIX = '/api/v1';
const REFRESH_AHEAD_MILLIS = 30_000;
const RETRY_MILLIS = [400, 1500];

/**
 * @typedef {object} Asked
 * @property {Record<string, any>} [query]
 * @property {any} [body] becomes JSON
 * @property {string} [text] JSON as it is
 * @property {FormData} [form]
 * @property {import('./upload.js').Watch} [watch]
 * @property {string} [token]
 * @property {string} [key]
 * @property {string} [etag]
 * @property {AbortSignal} [signal]
 * @property {boolean} [isRaw]
 */

/**
 * The native API over HTTP, and the only place that fetches. The access token lives in this memory
 * alone. A page's refresh token is in a cookie that scripts cannot read; any other program's is in
 * `memory`, and `remember` is dispatched whenever that changes, for whoever wants to keep it.
 * Dispatches `signed-out` when the session ends.
 */
export class Api extends EventTarget {
  #token = '';
  #tokenEnds = 0;
  /** @type {Promise<any> | null} */
  #refreshing = null;
  #url;
  #isPage;
  #language;
  #words;
  #fetch;

  /**
   * @param {object} [options]
   * @param {string} [options.url] where Madang is; a page's own host without one
   * @param {boolean} [options.isPage] this is a page of that very host: the session is its cookie
   * @param {{ refreshToken?: string, deviceToken?: string }} [options.memory] what an earlier run remembered
   * @param {() => string | undefined} [options.language] in which sentences come
   * @param {(code: 'UNREACHABLE' | 'SERVER_ERROR') => string} [options.words] the sentence where the server said none
   * @param {typeof fetch} [options.fetch]
   */
  constructor({ url = '', isPage = false, memory = {}, language = () => undefined, words = (code) => code, fetch = (address, request) => globalThis.fetch(address, request) } = {}) {
    super();
    this.#url = url.replace(/\/$/, '');
    this.#isPage = isPage;
    this.#language = language;
    this.#words = words;
    this.#fetch = fetch;
    this.memory = memory;
  }

  /** @param {string} path @param {Record<string, any>} [query] */
  get = (path, query) => this.#asUser('GET', path, { query });
  /** @param {string} path @param {any} [body] */
  post = (path, body = {}) => this.#asUser('POST', path, { body });
  /** @param {string} path @param {any} [body] */
  put = (path, body = {}) => this.#asUser('PUT', path, { body });
  /** @param {string} path @param {any} body @param {string} [etag] refused by 412 where the thing is another by now */
  patch = (path, body, etag) => this.#asUser('PATCH', path, { body, etag });
  /** @param {string} path */
  delete = (path) => this.#asUser('DELETE', path, {});

  /** The bytes behind a path of ours: the token goes along in a header, never in an address. @param {string} path @returns {Promise<Blob>} */
  blob = (path) => this.raw('GET', path, {}).then((response) => response.blob());

  /**
   * Sends a form with a file, once: who wants to try again says so.
   *
   * @param {string} path
   * @param {FormData} form
   * @param {import('./upload.js').Watch} [watch]
   */
  upload = (path, form, watch) => this.#withToken('POST', path, { form, watch });

  /**
   * An address of the API in another scheme, for sockets.
   *
   * @param {string} path
   */
  socketUrl(path) {
    const base = this.#url || globalThis.location.origin;
    return base.replace(/^http/, 'ws') + PREFIX + path;
  }

  /**
   * Comes in by one of the ways under `/auth` that answer tokens; the answer is what the server says about the user.
   *
   * @param {string} path `/auth/login`, `/auth/register`, `/auth/passkey` …
   * @param {Record<string, any>} body
   */
  async enter(path, body) {
    const answer = await this.#send('POST', path, { body });
    this.#keep(answer);
    return answer.user;
  }

  /**
   * As `enter`, for who is in already and becomes somebody else by it.
   *
   * @param {string} path
   * @param {Record<string, any>} body
   */
  async become(path, body) {
    const answer = await this.#withToken('POST', path, { body });
    this.#keep(answer);
    return answer.user;
  }

  /**
   * Asks what anybody may ask, before anybody is in.
   *
   * @param {string} path
   * @param {Record<string, any>} [body]
   */
  call = (path, body = {}) => this.#send('POST', path, { body });
  /** @param {string} path @param {Record<string, any>} [query] */
  ask = (path, query) => this.#send('GET', path, { query });

  /** @param {boolean} [everywhere] */
  async leave(everywhere = false) {
    try {
      await this.post('/auth/logout', everywhere ? { all: true } : {});
    } catch (error) {
      if (error.status !== 401) throw error;
    }
    this.#drop();
  }

  /**
   * Gives up the account, and with it the session.
   *
   * @param {string} path
   * @param {Record<string, any>} body
   */
  async quit(path, body) {
    await this.#withToken('DELETE', path, { body });
    this.#drop();
  }

  /**
   * Trades what is remembered for a new access token: the user when there is a session, else null.
   * However many ask at once, the server is asked once.
   */
  refresh() {
    this.#refreshing ??= this.#renew().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /**
   * One try of a request, and the answer as it comes: for streams, and for what its caller repeats himself.
   *
   * @param {string} method
   * @param {string} path
   * @param {{ text?: string, signal?: AbortSignal }} request
   * @returns {Promise<Response>}
   */
  raw(method, path, request) {
    return this.#withToken(method, path, { ...request, isRaw: true });
  }

  async #renew() {
    const { refreshToken } = this.memory;
    if (!this.#isPage && !refreshToken) return null;
    try {
      const answer = await this.#send('POST', '/auth/refresh', { body: this.#isPage ? {} : { refresh_token: refreshToken } });
      this.#keep(answer);
      return answer.user;
    } catch (error) {
      if (error.status !== 401 && error.status !== 403) throw error;
      this.#drop();
      return null;
    }
  }

  #keep({ access_token: token, expires_in: seconds, refresh_token: refreshToken }) {
    this.#token = token;
    this.#tokenEnds = Date.now() + seconds * 1000;
    if (refreshToken) this.#remember({ refreshToken });
  }

  #drop() {
    this.#token = '';
    this.#remember({ refreshToken: undefined });
    this.dispatchEvent(new Event('signed-out'));
  }

  #remember(fields) {
    this.memory = { ...this.memory, ...fields };
    this.dispatchEvent(new CustomEvent('remember', { detail: this.memory }));
  }

  /** Unsafe requests carry one key through all their tries, so that a lost answer is never a second effect. */
  async #asUser(method, path, request) {
    const key = method === 'GET' ? undefined : randomId();
    for (let tries = 0; ; tries++) {
      try {
        return await this.#withToken(method, path, { ...request, key });
      } catch (error) {
        if (!mayPass(error) || tries === RETRY_MILLIS.length) throw error;
        await pause(RETRY_MILLIS[tries] * (0.5 + Math.random()));
      }
    }
  }

  async #withToken(method, path, request) {
    await this.#freshToken();
    const used = this.#token;
    try {
      return await this.#send(method, path, { ...request, token: used });
    } catch (error) {
      if (error.status !== 401) throw error;
      const renewed = this.#token !== used || (await this.refresh());
      if (!renewed) throw error;
      return this.#send(method, path, { ...request, token: this.#token });
    }
  }

  async #freshToken() {
    if (!this.#token || Date.now() > this.#tokenEnds - REFRESH_AHEAD_MILLIS) await this.refresh();
  }

  /** @param {string} method @param {string} path @param {Asked} asked @returns {Promise<any>} */
  async #send(method, path, { isRaw, ...request }) {
    const response = await this.#ask(method, path, request);
    if (isRaw && response.ok) return response;
    const device = response.headers.get('X-Device-Token');
    if (device) this.#remember({ deviceToken: device });
    return this.#open(response);
  }

  /** @param {string} method @param {string} path @param {Asked} asked @returns {Promise<Response>} */
  async #ask(method, path, { query, body, text = body && JSON.stringify(body), form, watch, token, key, etag, signal }) {
    const language = this.#language();
    const { deviceToken } = this.memory;
    const headers = {
      ...(language && { 'Accept-Language': language }),
      ...(this.#isPage && { 'X-Madang-Page': '1' }),
      ...(deviceToken && !token && { 'X-Device-Token': deviceToken }),
      ...(token && { Authorization: `Bearer ${token}` }),
      ...(key && { 'Idempotency-Key': key }),
      ...(etag && { 'If-Match': etag }),
      ...(text !== undefined && { 'Content-Type': 'application/json' }),
    };
    /** @type {any} */
    const request = { method, headers, signal, credentials: this.#isPage ? 'same-origin' : 'omit', body: form ?? text };
    const send = form && globalThis.XMLHttpRequest ? upload : this.#fetch;
    try {
      return await send(this.#url + PREFIX + path + search(query), request, watch);
    } catch (error) {
      if (error.name === 'AbortError') throw error;
      throw new ApiError({ code: 'UNREACHABLE', message: this.#words('UNREACHABLE') });
    }
  }

  /** Takes the envelope off. What is no envelope (a proxy's page) is an error of the way. */
  async #open(response) {
    const envelope = await response.json().catch(() => null);
    if (response.ok && envelope?.success) return envelope.data;
    throw new ApiError({
      code: envelope?.error?.code ?? 'SERVER_ERROR',
      message: envelope?.error?.message ?? this.#words('SERVER_ERROR'),
      details: envelope?.error?.details,
      status: response.status,
      retryAfterSeconds: Number(response.headers.get('Retry-After') ?? 0),
    });
  }
}

/** @param {ApiError} error */
const mayPass = (error) => error.unreachable || error.status === 503 || error.code === 'IDEMPOTENCY_IN_PROGRESS';

/** @param {number} millis */
const pause = (millis) => new Promise((done) => setTimeout(done, millis));

/** @param {Record<string, any>} query */
function search(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
