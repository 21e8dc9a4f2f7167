import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { join } from './rooms.js';

/** Where a guest of a room becomes a member; a room with a password asks for it. */
class Join extends Element {
  static properties = { room: { attribute: false } };

  static styles = [
    buttons,
    fields,
    css`
      form {
        justify-items: center;
        gap: var(--space-3);
        padding: var(--space-4) var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
        border-block-start: var(--hairline) solid var(--line);
        text-align: center;
      }
      .field {
        inline-size: min(100%, var(--list));
        text-align: start;
      }
    `,
  ];

  #form = new Form(this, async ({ password }) => this.tell('joined', await join(this.room.id, password)));

  render() {
    const form = this.#form;
    const { has_password: isLocked } = this.room;
    return html`<form novalidate @submit=${form.onsubmit}>
      ${isLocked ? nothing : html`<p class="muted">${say('chat.join-about')}</p>`}
      ${isLocked ? field({ name: 'password', type: 'password', label: say('chat.password'), error: form.error('password') }) : nothing}
      ${form.summary('password')} ${button({ text: say('chat.join'), kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }
}

define('chat-join', Join);
