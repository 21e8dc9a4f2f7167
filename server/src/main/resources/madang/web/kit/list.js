import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { buttons } from './button.js';
import { define, Element } from './element.js';
import { arrows } from './arrows.js';
import './error.js';
import './skeleton.js';

/**
 * A keyset list: asks for the next page as its end comes near. `load(cursor)` answers
 * `{items, next_cursor}`, `row(item)` draws one (an `m-row`, or a component of its own); the slot shows while nothing is there. Arrow keys move
 * between the rows' first controls. A page may be empty and yet not the last. `sum(count, isAll)` puts into
 * words how far the list has come, where it should say so.
 */
class List extends Element {
  static properties = {
    label: {},
    load: { attribute: false },
    row: { attribute: false },
    sum: { attribute: false },
    items: { state: true },
    cursor: { state: true },
    error: { state: true },
  };

  static styles = [
    buttons,
    css`
      .end {
        min-block-size: var(--hairline);
      }
      .sum {
        padding: var(--space-4);
        text-align: center;
      }
    `,
  ];

  #busy = null;
  #watcher = new IntersectionObserver(([end]) => end.isIntersecting && this.more(), { rootMargin: '50%' });

  constructor() {
    super();
    this.items = null;
    this.cursor = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.refresh();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watcher.disconnect();
  }

  render() {
    const { items, error } = this;
    if (!items) return error ? html`<m-error .error=${error} @retry=${() => this.refresh()}></m-error>` : html`<m-skeleton rows="4"></m-skeleton>`;
    if (items.length === 0 && !this.cursor) return html`<slot></slot>`;
    return html`<ul aria-label=${this.label ?? nothing} @keydown=${arrows}>
        ${repeat(items, ({ id }) => id, (item) => html`<li>${this.row(item)}</li>`)}
      </ul>
      ${error ? html`<m-error .error=${error} @retry=${() => this.more()}></m-error>` : nothing}
      ${this.sum ? html`<p class="sum muted small" role="status">${this.sum(items.length, !this.cursor)}</p>` : nothing}
      <div class="end"></div>`;
  }

  updated() {
    this.#watcher.disconnect();
    const end = this.cursor && !this.error && this.$('.end');
    if (end) this.#watcher.observe(end);
  }

  /** Starts from the first page again, whatever is on its way; what stands stays until it has come. */
  async refresh() {
    await this.#fetch(null, () => []);
  }

  async more() {
    if (!this.#busy) await this.#fetch(this.cursor, () => this.items);
  }

  async #fetch(cursor, before) {
    const asked = (this.#busy = {});
    this.error = null;
    try {
      const page = await this.load(cursor);
      if (asked !== this.#busy) return;
      this.items = [...before(), ...page.items];
      this.cursor = page.next_cursor;
    } catch (error) {
      if (asked !== this.#busy) return;
      this.error = error;
    }
    this.#busy = null;
  }
}

define('m-list', List);
