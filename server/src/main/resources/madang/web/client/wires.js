const STREAM = '/chat/sse';
const SIGN_OF_LIFE_MILLIS = 25_000;
const CUT = 1006;

/**
 * What a wire tells its owner: that it is open, a frame, and at last its close code. Nothing after that.
 *
 * @typedef {{ opened: () => void, heard: (frame: string) => void, closed: (code: number) => void }} Ear
 */

/** A WebSocket. */
export class SocketWire {
  #socket;

  /** @param {WebSocket} socket @param {Ear} ear */
  constructor(socket, ear) {
    this.#socket = socket;
    socket.onopen = () => ear.opened();
    socket.onmessage = ({ data }) => ear.heard(data);
    socket.onclose = ({ code }) => ear.closed(code);
  }

  /** @param {string} frame */
  send(frame) {
    this.#socket.send(frame);
  }

  /** Lets go at once; a close that waits for the other side could wait for ever. */
  close() {
    Object.assign(this.#socket, { onopen: null, onmessage: null, onclose: null });
    this.#socket.close();
  }
}

/**
 * The same frames where no socket gets through: what is told comes as server-sent events, what is said
 * goes by one POST after the other, and is answered among the events.
 */
export class StreamWire {
  #api;
  #ear;
  #end = new AbortController();
  #path = '';
  /** @type {Promise<void>} */
  #said = Promise.resolve();
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #life;

  /** @param {import('./api.js').Api} api @param {Ear} ear */
  constructor(api, ear) {
    this.#api = api;
    this.#ear = ear;
    this.#listen().then(
      (code) => this.#over(code),
      () => this.#over(CUT),
    );
  }

  /** @param {string} frame */
  send(frame) {
    this.#said = this.#said.then(() => this.#post(frame)).catch(() => this.#over(CUT));
  }

  close() {
    clearInterval(this.#life);
    this.#end.abort();
  }

  async #listen() {
    const { body } = await this.#api.raw('GET', STREAM, { signal: this.#end.signal });
    for await (const { event, data } of events(/** @type {ReadableStream<Uint8Array>} */ (body))) {
      if (this.#end.signal.aborted) break;
      if (event === 'open') this.#opened(JSON.parse(data));
      else if (event === 'close') return JSON.parse(data).code;
      else if (data) this.#ear.heard(data);
    }
    return CUT;
  }

  #opened({ stream }) {
    this.#path = `${STREAM}/${stream}`;
    this.#life = setInterval(() => this.send('{"method":"ping"}'), SIGN_OF_LIFE_MILLIS);
    this.#ear.opened();
  }

  /** A frame that was refused for its haste is said again; any other refusal means that the stream is over. */
  async #post(frame) {
    for (;;) {
      try {
        await this.#api.raw('POST', this.#path, { text: frame, signal: this.#end.signal });
        return;
      } catch (error) {
        if (error.status !== 429) throw error;
        await new Promise((done) => setTimeout(done, 1000 * error.retryAfterSeconds));
      }
    }
  }

  #over(code) {
    if (this.#end.signal.aborted) return;
    this.close();
    this.#ear.closed(code);
  }
}

/** @param {ReadableStream<Uint8Array>} body */
async function* events(body) {
  const reader = body.pipeThrough(/** @type {any} */ (new TextDecoderStream())).getReader();
  for (let begun = ''; ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (begun + value).split('\n\n');
    begun = blocks.pop() ?? '';
    yield* blocks.map(parsed);
  }
}

/** @param {string} block */
function parsed(block) {
  const fields = { event: '', data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(': ');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 2);
  }
  return fields;
}
