/** A value that tells when it changes. All state that outlives a component lives in one of these. */
export class Store extends EventTarget {
  #value;

  constructor(value) {
    super();
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set(value) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.dispatchEvent(new Event('change'));
  }

  /** Replaces some fields of a value that is an object. */
  merge(fields) {
    this.set({ ...this.#value, ...fields });
  }

  /** Calls back after every change; returns the function that ends it. */
  subscribe(listener) {
    const told = () => listener(this.#value);
    this.addEventListener('change', told);
    return () => this.removeEventListener('change', told);
  }
}

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
