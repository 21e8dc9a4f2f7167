import { randomId } from './ids.js';
import { Store } from './store.js';

/**
 * Something said that is not acknowledged yet. `say` is what the server is told, `shown` whatever its
 * author's page wants to show until then.
 *
 * @typedef {{ text: string, reply_to?: string, thread?: string, encrypted_keys?: Record<string, string> }} Say
 * @typedef {{ client_key: string, say: Say, shown: Record<string, any>, state: 'sending' | 'failed', error: string, created_at: string }} Pending
 */

/**
 * What one says in a room, from the moment it is said until the server has it for certain. It is sent
 * again after every reconnection under the same `client_key`, so that it is stored once; only a refusal
 * stops that, until it is sent again by hand. Its value is everything that is pending, in order.
 *
 * Dispatches `acknowledged` with the message as the server stored it.
 *
 * @extends {Store<Pending[]>}
 */
export class Outbox extends Store {
  #room;
  #socket;
  #keep;
  /** @type {Set<string>} */
  #underWay = new Set();
  /** @type {Map<string, string>} */
  #keys = new Map();

  /**
   * @param {string} room
   * @param {import('./socket.js').Socket} socket
   * @param {{ recall: (room: string) => Pending[], keep: (room: string, pending: Pending[]) => void }} memory
   */
  constructor(room, socket, memory) {
    super(memory.recall(room));
    this.#room = room;
    this.#socket = socket;
    this.#keep = memory.keep;
  }

  /**
   * Says it now, or as soon as there is a connection. Answers the key by which it is known until then.
   *
   * @param {Say} say
   * @param {Record<string, any>} [shown]
   */
  say(say, shown = {}) {
    /** @type {Pending} */
    const said = { client_key: randomId(), say, shown, state: 'sending', error: '', created_at: new Date().toISOString() };
    this.#pend([...this.value, said]);
    this.#deliver(said);
    return said.client_key;
  }

  /** @param {string} clientKey */
  resend(clientKey) {
    this.#settle(clientKey, { state: 'sending', error: '' });
    this.deliver();
  }

  /** @param {string} clientKey */
  discard(clientKey) {
    this.#pend(this.value.filter(({ client_key: key }) => key !== clientKey));
  }

  /** Sends whatever waits to be sent, in order. */
  deliver() {
    this.value.filter(({ state }) => state === 'sending').forEach((said) => this.#deliver(said));
  }

  /** The name by which a message of mine was known before the server gave it one, so that it need not be drawn anew. */
  keyOf = ({ id }) => this.#keys.get(id) ?? id;

  /**
   * The push of my own message may come before its ack and does not carry the key. The oldest waiting
   * one with the same words is it; if that was a guess too many, the ack puts it right.
   *
   * @param {{ id: string, text: string | null, client_key: string | null }} message one of mine
   */
  recognise({ id, text, client_key: key }) {
    if (this.#keys.has(id)) return;
    const said = this.value.find((one) => (key ? one.client_key === key : one.state === 'sending' && one.say.text === text));
    if (said) this.#acknowledge(said.client_key, id);
  }

  async #deliver({ client_key, say }) {
    if (this.#underWay.has(client_key)) return;
    this.#underWay.add(client_key);
    try {
      const message = await this.#socket.call('chat.send', { room: this.#room, ...say, client_key });
      this.#acknowledge(client_key, message.id);
      this.dispatchEvent(new CustomEvent('acknowledged', { detail: message }));
    } catch (error) {
      if (!error.lost) this.#settle(client_key, { state: 'failed', error: error.message });
    } finally {
      this.#underWay.delete(client_key);
    }
  }

  #acknowledge(clientKey, id) {
    this.#keys.set(id, clientKey);
    this.discard(clientKey);
  }

  #settle(clientKey, fields) {
    this.#pend(this.value.map((said) => (said.client_key === clientKey ? { ...said, ...fields } : said)));
  }

  #pend(pending) {
    this.set(pending);
    this.#keep(this.#room, pending);
  }
}
