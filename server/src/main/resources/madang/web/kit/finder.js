import { css, html, nothing } from 'lit';
import { define, Element } from './element.js';
import { go } from './router.js';
import { say } from './texts.js';
import './dialog.js';
import './icon.js';

const SHOWN = 8;
const PATIENCE_MILLIS = 200;
const sources = new Map();
const askers = new Map();

/** A feature offers what can be found of it: `find()` answers `[{icon, text, detail, path}]`, or `act` for `path`. */
export function findable(name, find) {
  sources.set(name, find);
}

/** What only the server can find: `ask(query)` promises the same; it stands below what is at hand. */
export function askable(name, ask) {
  askers.set(name, ask);
}

/** One field that goes anywhere: type, arrow, Enter. */
class Finder extends Element {
  static properties = { query: { state: true }, asked: { state: true }, chosen: { state: true } };

  static styles = css`
    input {
      inline-size: 100%;
      min-block-size: var(--touch);
      padding: var(--space-2) var(--space-3);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--paper);
      color: var(--ink);
      font: inherit;
      font-size: var(--text-input);
    }
    ul {
      margin-block-start: var(--space-3);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      min-block-size: var(--touch);
      padding: var(--space-1) var(--space-3);
      border-radius: var(--radius);
      cursor: pointer;
    }
    li[aria-selected='true'] {
      background: var(--accent-soft);
    }
    li span:first-of-type {
      flex: 1;
      min-inline-size: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    p {
      padding: var(--space-4) var(--space-3);
    }
  `;

  constructor() {
    super();
    this.query = '';
    this.asked = [];
    this.chosen = 0;
  }

  #timer;

  render() {
    const found = this.#found();
    return html`<m-dialog heading=${say('kit.find')}>
      <input
        autofocus
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant=${found.length ? `found-${this.chosen}` : nothing}
        aria-label=${say('kit.find-label')}
        placeholder=${say('kit.find-label')}
        autocomplete="off"
        @input=${this.#typed}
        @keydown=${(press) => this.#pressed(press, found)}
      />
      <ul id="found" role="listbox" aria-label=${say('kit.find')}>
        ${found.map((one, at) => this.#row(one, at))}
      </ul>
      ${found.length ? nothing : html`<p class="muted" role="status">${say('kit.find-nothing')}</p>`}
    </m-dialog>`;
  }

  #row({ icon, text, detail, ...goal }, at) {
    return html`<li
      id="found-${at}"
      role="option"
      aria-selected=${at === this.chosen}
      @pointermove=${() => (this.chosen = at)}
      @click=${() => this.#goTo(goal)}
    >
      <m-icon name=${icon}></m-icon><span>${text}</span><span class="muted small">${detail}</span>
    </li>`;
  }

  #found() {
    const wanted = fold(this.query);
    const all = [...sources.values()].flatMap((find) => find());
    const atHand = all.filter(({ text, detail }) => fold(text).includes(wanted) || (wanted && fold(String(detail)).startsWith(`@${wanted}`)));
    return [...atHand.slice(0, SHOWN), ...(wanted ? this.asked : [])];
  }

  #typed = (event) => {
    this.query = event.target.value;
    this.chosen = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), PATIENCE_MILLIS);
  };

  /** Whoever does not answer has found nothing; an answer to an older question is not shown. */
  async #ask() {
    const { query } = this;
    const answers = query.trim() ? await Promise.all([...askers.values()].map((ask) => ask(query.trim()).catch(() => []))) : [];
    if (query === this.query) this.asked = answers.flat();
  }

  #pressed(press, found) {
    if (press.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
    if (step) {
      press.preventDefault();
      this.chosen = (this.chosen + step + found.length) % (found.length || 1);
    } else if (press.key === 'Enter' && found[this.chosen]) {
      press.preventDefault();
      this.#goTo(found[this.chosen]);
    }
  }

  #goTo({ path, act }) {
    this.$('m-dialog').close();
    if (act) act();
    else go(path);
  }
}

const fold = (text) => text.normalize('NFC').toLowerCase().trim();

define('m-finder', Finder);
