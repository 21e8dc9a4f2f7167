import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { bans, unban } from './deeds.js';
import '../kit/avatar.js';
import '../kit/dialog.js';
import '../kit/empty.js';
import '../kit/list.js';

/** Who may not come back, and the way to let them. */
class Bans extends Element {
  static properties = { room: { attribute: false }, error: { state: true } };

  static styles = [
    buttons,
    css`
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
    return html`<m-dialog heading=${say('chat.bans')}>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <m-list label=${say('chat.bans')} .load=${this.#load} .row=${this.#row}>
        <m-empty icon="door-open" heading=${say('chat.no-bans')} text=${say('chat.no-bans-about')}></m-empty>
      </m-list>
    </m-dialog>`;
  }

  #load = (cursor) => bans(this.room.id, cursor);

  #row = ({ reason, ...person }) => html`<div class="row">
    <m-avatar .person=${person}></m-avatar>
    <span>${person.nickname ?? say('chat.somebody')}${reason ? html`<br /><span class="muted small">${reason}</span>` : nothing}</span>
    ${button({ text: say('chat.unban'), onclick: () => this.#lift(person) })}
  </div>`;

  async #lift({ id }) {
    this.error = '';
    try {
      await unban(this.room.id, id);
      await this.$('m-list').refresh();
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('chat-bans', Bans);
