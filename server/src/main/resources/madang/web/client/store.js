/**
 * A value that tells when it changes. All state that outlives a component lives in one of these.
 *
 * @template T
 */
export class Store extends EventTarget {
  #value;

  /** @param {T} value */
  constructor(value) {
    super();
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  /** @param {T} value */
  set(value) {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Replaces some fields of a value that is an object.
   *
   * @param {Partial<T>} fields
   */
  merge(fields) {
    this.set({ ...this.#value, ...fields });
  }

  /**
   * Calls back after every change; returns the function that ends it.
   *
   * @param {(value: T) => void} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    const told = () => listener(this.#value);
    this.addEventListener('change', told);
    return () => this.removeEventListener('change', told);
  }
}
