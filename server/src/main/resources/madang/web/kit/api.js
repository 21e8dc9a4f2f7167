import { language, say } from './texts.js';
import { randomId } from './ids.js';

const BASE = '/api/v1';
const REFRESH_AHEAD_MILLIS = 30_000;
const RETRY_MILLIS = [400, 1500];

/** What the server, or the way to it, refused. `message` is a sentence for the reader. */
export class ApiError extends Error {
  constructor({ code, message, details, status = 0, retryAfterSeconds = 0 }) {
    super(message);
    Object.assign(this, { code, details: details ?? {}, status, retryAfterSeconds });
  }

  /** Nobody answered: the same request may succeed later. */
  get unreachable() {
    return this.status === 0;
  }

  /** The sentence that belongs to one field of a form, if the server named it. */
  field(name) {
    return this.details[name] ?? (this.details.field === name ? this.message : '');
  }
}

/**
 * The native API, and the only place that fetches. The access token lives in this memory alone; the
 * refresh token is in a cookie that scripts cannot read. Dispatches `signed-out` when the session ends.
 */
class Api extends EventTarget {
  #token = null;
  #tokenEnds = 0;
  #refreshing = null;

  get = (path, query) => this.#asUser('GET', path, { query });
  post = (path, body = {}) => this.#asUser('POST', path, { body });
  put = (path, body) => this.#asUser('PUT', path, { body });
  patch = (path, body) => this.#asUser('PATCH', path, { body });
  delete = (path) => this.#asUser('DELETE', path, {});

  /** The bytes behind a path of ours, as a Blob: the token goes along in a header, never in an address. */
  blob = (path) => this.#asUser('GET', path, { as: 'blob' });

  /**
   * Sends a form with a file, once: who wants to try again says so. `told(share)` hears how much of it is
   * up, from 0 to 1; `signal` gives up.
   */
  upload = (path, form, { told, signal } = {}) => this.#withToken('POST', path, { form, told, signal });

  /** Signs in or up; the answer is what the server says about the user. */
  async enter(path, body) {
    const answer = await send('POST', path, { body });
    this.#keep(answer);
    return answer.user;
  }

  async leave(everywhere) {
    try {
      await this.post('/auth/logout', everywhere ? { all: true } : {});
    } catch (error) {
      if (error.status !== 401) throw error;
    }
    this.#drop();
  }

  /**
   * Trades the cookie for a new access token: the user when there is a session, else null. However many
   * ask at once, the server is asked once.
   */
  refresh() {
    this.#refreshing ??= this.#renew().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #renew() {
    try {
      const answer = await send('POST', '/auth/refresh', { body: {} });
      this.#keep(answer);
      return answer.user;
    } catch (error) {
      if (error.status !== 401 && error.status !== 403) throw error;
      this.#drop();
      return null;
    }
  }

  #keep({ access_token: token, expires_in: seconds }) {
    this.#token = token;
    this.#tokenEnds = Date.now() + seconds * 1000;
  }

  #drop() {
    this.#token = null;
    this.dispatchEvent(new Event('signed-out'));
  }

  /**
   * Unsafe requests carry one key through all their tries, so that a lost answer is never a second effect.
   */
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
    if (!this.#token || Date.now() > this.#tokenEnds - REFRESH_AHEAD_MILLIS) await this.refresh();
    const used = this.#token;
    try {
      return await send(method, path, { ...request, token: used });
    } catch (error) {
      if (error.status !== 401) throw error;
      const renewed = this.#token !== used || (await this.refresh());
      if (!renewed) throw error;
      return send(method, path, { ...request, token: this.#token });
    }
  }
}

const mayPass = (error) => error.unreachable || error.status === 503 || error.code === 'IDEMPOTENCY_IN_PROGRESS';

const pause = (millis) => new Promise((done) => setTimeout(done, millis));

async function send(method, path, { query, body, token, key, form, as, ...watch }) {
  const headers = { 'Accept-Language': language.value, 'X-Madang-Page': '1' };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (key) headers['Idempotency-Key'] = key;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const address = BASE + path + search(query);
  let response;
  try {
    response = form
      ? await push(method, address, headers, form, watch)
      : await fetch(address, { method, headers, credentials: 'same-origin', body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError({ code: 'UNREACHABLE', message: say('kit.unreachable') });
  }
  return as === 'blob' && response.ok ? response.blob() : open(response);
}

/** `fetch` cannot tell how far an upload has come; the older way can. */
function push(method, address, headers, form, { told, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total }) => told?.(total ? loaded / total : 0);
    request.onload = () => resolve(new Response(request.response, { status: request.status, headers: headersOf(request) }));
    request.onerror = () => reject(new TypeError('no answer'));
    request.onabort = () => reject(new DOMException('given up', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

const headersOf = (request) => [['Retry-After', request.getResponseHeader('Retry-After') ?? '0']];

function search(query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}

/** Takes the envelope off. What is no envelope (a proxy's page) is an error of the way. */
async function open(response) {
  const envelope = await response.json().catch(() => null);
  if (response.ok && envelope?.success) return envelope.data;
  throw new ApiError({
    code: envelope?.error?.code ?? 'SERVER_ERROR',
    message: envelope?.error?.message ?? say('kit.server-error'),
    details: envelope?.error?.details,
    status: response.status,
    retryAfterSeconds: Number(response.headers.get('Retry-After') ?? 0),
  });
}

export const api = new Api();
