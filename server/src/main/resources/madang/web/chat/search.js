import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { search } from './deeds.js';
import '../kit/empty.js';
import '../kit/icon.js';
import '../kit/list.js';
import './found-row.js';

const PATIENCE_MILLIS = 250;
const LONGEST = 100;

/** Looks for words in one room, or in all of mine; what was found stands below while one types on, and below that whether it is all. */
class Search extends Element {
  static properties = { room: {}, words: {}, wanted: { state: true } };

  static styles = css`
    .field {
      position: sticky;
      z-index: 1;
      inset-block-start: 0;
      padding: var(--space-3) var(--space-4);
      background: var(--paper);
    }
    label {
      display: flex;
      align-items: center;
      gap: var(--space-2);
      min-block-size: var(--touch);
      padding: 0 var(--space-3);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--muted);
    }
    label:focus-within {
      border-color: var(--accent);
      outline: var(--hairline) solid var(--accent);
    }
    input {
      flex: 1;
      min-inline-size: 0;
      padding: 0;
      border: 0;
      background: none;
      color: var(--ink);
      font: inherit;
      font-size: var(--text-input);
    }
    input:focus-visible {
      outline: none;
    }
    input::-webkit-search-cancel-button {
      appearance: none;
    }
    m-list {
      padding: 0 var(--space-1) var(--space-4);
    }
  `;

  #timer;

  willUpdate() {
    this.wanted ??= this.words ?? '';
  }

  render() {
    const label = say(this.room ? 'chat.search-here' : 'chat.search-all');
    return html`<div class="field">
        <label><m-icon name="search"></m-icon><input autofocus type="search" aria-label=${label} placeholder=${label} maxlength=${LONGEST} .value=${this.wanted} @input=${this.#typed} @keydown=${this.#pressed} /></label>
      </div>
      ${this.wanted ? this.#found() : html`<m-empty icon="search" heading=${say('chat.search')} text=${say('chat.search-about')}></m-empty>`}`;
  }

  #found() {
    const row = (message) => html`<chat-found-row .message=${message} .words=${this.wanted} ?placed=${!this.room}></chat-found-row>`;
    const sum = (count, isAll) => say(isAll ? 'chat.search-all-found' : 'chat.search-found-so-far', { count });
    return html`<m-list label=${say('chat.search-found')} .load=${this.#load} .row=${row} .sum=${sum}>
      <m-empty icon="search" heading=${say('chat.search-nothing')} text=${say('chat.search-nothing-about')}></m-empty>
    </m-list>`;
  }

  firstUpdated() {
    this.$('input').focus();
  }

  updated(changes) {
    if (changes.has('wanted') && changes.get('wanted') && this.wanted) this.$('m-list').refresh();
  }

  #load = (cursor) => search(this.wanted, this.room, cursor);

  #typed = ({ target }) => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(target.value), PATIENCE_MILLIS);
  };

  #pressed = (press) => {
    if (press.key !== 'Enter' || press.isComposing) return;
    clearTimeout(this.#timer);
    this.#look(press.target.value);
  };

  #look(words) {
    this.wanted = words.trim();
    this.tell('searched', this.wanted);
  }
}

define('chat-search', Search);
