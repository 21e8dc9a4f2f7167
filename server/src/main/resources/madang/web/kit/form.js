import { html, nothing } from 'lit';

/**
 * What every form does: one submission at a time, errors beside their fields, nothing typed is lost.
 * `submit` gets the values as an object and throws what the server refused.
 */
export class Form {
  busy = false;
  #host;
  #submit;
  #error = null;

  constructor(host, submit) {
    this.#host = host;
    this.#submit = submit;
    host.addController(this);
  }

  onsubmit = async (event) => {
    event.preventDefault();
    if (this.busy) return;
    const form = event.currentTarget;
    this.#becomes(true, null);
    try {
      await this.#submit(Object.fromEntries(new FormData(form)), form);
      this.#becomes(false, null);
    } catch (error) {
      this.#becomes(false, error);
      await this.#host.updateComplete;
      form.querySelector('[aria-invalid]')?.focus();
    }
  };

  /** The error of one field, to stand beside it. */
  error(name) {
    return this.#error?.field?.(name) ?? '';
  }

  /** The error of the whole, where the server named none of these fields. */
  summary(...names) {
    if (!this.#error || names.some((name) => this.error(name))) return nothing;
    const more = Object.values(this.#error.details ?? {}).filter((detail) => typeof detail === 'string');
    return html`<p class="error" role="alert">${[this.#error.message, ...more].join(' ')}</p>`;
  }

  #becomes(busy, error) {
    this.busy = busy;
    this.#error = error;
    this.#host.requestUpdate();
  }
}
