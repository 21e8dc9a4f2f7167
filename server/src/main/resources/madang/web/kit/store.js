export { Store } from '../client/store.js';

/** Ties stores to a component: it renders again after each change for as long as it is on the page. */
export class Watch {
  #host;
  #stores;
  #ends = [];

  constructor(host, ...stores) {
    this.#host = host;
    this.#stores = stores;
    host.addController(this);
  }

  hostConnected() {
    this.#ends = this.#stores.map((store) => store.subscribe(() => this.#host.requestUpdate()));
  }

  hostDisconnected() {
    this.#ends.forEach((end) => end());
  }
}
