import { ApiError } from './api-error.js';
import { Api } from './api.js';
import { Rooms } from './rooms.js';
import { Socket, SocketError } from './socket.js';

export { ApiError, SocketError };

/**
 * Madang for other programs: `api` for requests, `socket` for calls and pushes, `hold` for a room whose
 * log is complete. Runs in browsers and in Node from 20 on, where it uses server-sent events unless it
 * is given a WebSocket. See docs/clients/javascript.md.
 */
export class Madang {
  /** @type {Record<string, any> | null} who is signed in */
  user = null;
  #rooms;

  /**
   * @param {ConstructorParameters<typeof Api>[0] & { WebSocket?: typeof WebSocket, outbox?: NonNullable<ConstructorParameters<typeof Rooms>[1]>['memory'] }} [options]
   */
  constructor(options = {}) {
    this.api = new Api(options);
    this.socket = new Socket(this.api, options);
    this.#rooms = new Rooms(this.socket, { me: () => this.user?.id, memory: options.outbox });
    this.api.addEventListener('signed-out', () => this.#leaves());
  }

  /** @param {Record<string, any>} person `password` and `username`, `email` or `phone`; `nickname` if wished */
  async signUp(person) {
    return this.#enters(await this.api.enter('/auth/register', person));
  }

  /** @param {Record<string, any>} credentials `password` and `username`, `email`, `phone` or `identifier` */
  async signIn(credentials) {
    return this.#enters(await this.api.enter('/auth/login', credentials));
  }

  /** Takes up the remembered session: the user, or null where there is none. */
  async resume() {
    const user = await this.api.refresh();
    return user && this.#enters(user);
  }

  /** @param {{ everywhere?: boolean }} [options] */
  signOut({ everywhere = false } = {}) {
    return this.api.leave(everywhere);
  }

  /** The room, heard until it is released as often as it was held. @param {string} room @param {number} [position] */
  hold(room, position) {
    return this.#rooms.hold(room, position);
  }

  /** @param {string} room */
  release(room) {
    this.#rooms.release(room);
  }

  #enters(user) {
    this.user = user;
    this.socket.start();
    return user;
  }

  #leaves() {
    this.user = null;
    this.socket.stop();
  }
}
