import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { addMember } from './deeds.js';
import { acquaintances } from './people.js';
import { nameOf } from './rooms.js';
import '../kit/dialog.js';
import './handle-field.js';

const OFFERED = 6;

/** Brings people into a room: by their handle, or those one knows from elsewhere. */
class Invite extends Element {
  static properties = { room: { attribute: false }, invited: { state: true }, done: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      h3 {
        margin-block: var(--space-4) var(--space-2);
        color: var(--muted);
        font-size: var(--text-small);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .done {
        color: var(--ok);
      }
      .error {
        margin-block-start: var(--space-2);
        color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    this.invited = new Set();
  }

  render() {
    const known = acquaintances().filter(({ id }) => !this.invited.has(id)).slice(0, OFFERED);
    return html`<m-dialog heading=${say('chat.invite-to', { room: nameOf(this.room) })}>
      <chat-handle-field action=${say('chat.invite')} @found=${({ detail }) => this.#add(detail)}></chat-handle-field>
      <p class="done" role="status">${this.done}</p>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${known.length
        ? html`<h3>${say('chat.people-you-know')}</h3>
            <ul>
              ${known.map((person) => html`<li>${button({ text: person.nickname, icon: 'plus-lg', onclick: () => this.#add(person) })}</li>`)}
            </ul>`
        : nothing}
    </m-dialog>`;
  }

  async #add({ id, nickname }) {
    this.error = '';
    this.done = '';
    try {
      await addMember(this.room.id, id);
      this.invited = new Set([...this.invited, id]);
      this.done = say('chat.invited', { nickname });
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('chat-invite', Invite);
