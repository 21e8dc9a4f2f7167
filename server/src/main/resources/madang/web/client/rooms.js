import { Outbox } from './outbox.js';
import { Room } from './room.js';

const PUSHES = ['chat.message', 'chat.typing', 'chat.typing_stopped', 'chat.presence', 'chat.read', 'chat.room', 'chat.reset', 'chat.closed'];

/** Where nothing else is wished for, what is not sent yet lives as long as the program. */
const FORGETFUL = { recall: () => [], keep: () => {} };

/**
 * The rooms that somebody wants to hear, each open once on the socket however many want it, and taken up
 * again after every reconnection.
 */
export class Rooms {
  #socket;
  #memory;
  #me;
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  /** @type {Map<string, Outbox>} */
  #outboxes = new Map();

  /**
   * @param {import('./socket.js').Socket} socket
   * @param {object} [options]
   * @param {() => string | undefined} [options.me] my own id
   * @param {{ recall: (room: string) => import('./outbox.js').Pending[], keep: (room: string, pending: import('./outbox.js').Pending[]) => void }} [options.memory]
   *   where what is not sent yet outlives the program
   */
  constructor(socket, { me = () => undefined, memory = FORGETFUL } = {}) {
    this.#socket = socket;
    this.#me = me;
    this.#memory = memory;
    for (const method of PUSHES) socket.on(method, (params) => this.#rooms.get(params.room)?.hear(method, params));
    socket.addEventListener('open', () => this.#takeUp());
    socket.api.addEventListener('signed-out', () => this.#outboxes.clear());
  }

  /**
   * The room, shared by all who want it until each has released it.
   *
   * @param {string} id
   * @param {number} [position] up to where the first of them knows its log already
   */
  hold(id, position) {
    const room = this.#rooms.get(id) ?? new Room(id, this.#socket, this.#outbox(id), { position, me: this.#me });
    this.#rooms.set(id, room);
    if (room.holders++ === 0 && this.#socket.state.value === 'open') room.open().then(() => room.outbox.deliver());
    return room;
  }

  /** @param {string} id */
  release(id) {
    const room = this.#rooms.get(id);
    if (!room || --room.holders > 0) return;
    this.#rooms.delete(id);
    this.#socket.tell('chat.close', { room: id });
  }

  /** What I said in a room, held or not. */
  #outbox(id) {
    const outbox = this.#outboxes.get(id) ?? new Outbox(id, this.#socket, this.#memory);
    this.#outboxes.set(id, outbox);
    return outbox;
  }

  /** The rooms that were wanted last come first; then what could not be said is said. */
  async #takeUp() {
    for (const room of [...this.#rooms.values()].reverse()) await room.open();
    this.#outboxes.forEach((outbox) => outbox.deliver());
  }
}
