import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { blocks, unblock } from './deeds.js';
import '../kit/avatar.js';
import '../kit/list.js';

/** Whom I have blocked, and the way back; asked for when somebody wants to know. */
class Blocks extends Element {
  static properties = { open: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      summary {
        font-size: var(--text-large);
        font-weight: var(--bold);
        cursor: pointer;
      }
      m-list {
        margin-block-start: var(--space-3);
      }
      .row {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-block-size: var(--touch);
      }
      .row span {
        flex: 1;
        min-inline-size: 0;
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  render() {
    return html`<details @toggle=${({ currentTarget }) => (this.open = currentTarget.open)}>
      <summary>${say('chat.blocked')}</summary>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing} ${this.open ? this.#list() : nothing}
    </details>`;
  }

  #list() {
    return html`<m-list label=${say('chat.blocked')} .load=${this.#load} .row=${this.#row}>
      <p class="muted">${say('chat.no-blocked-about')}</p>
    </m-list>`;
  }

  #load = async (cursor) => {
    const page = await blocks(cursor);
    return { ...page, items: page.items.map(({ user }) => user) };
  };

  #row = (person) => html`<div class="row">
    <m-avatar .person=${person}></m-avatar><span>${person.nickname}</span>
    ${button({ text: say('chat.unblock'), onclick: () => this.#lift(person) })}
  </div>`;

  async #lift({ id }) {
    this.error = '';
    try {
      await unblock(id);
      await this.$('m-list').refresh();
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('chat-blocks', Blocks);
