import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { session } from '../identity/session.js';
import { acquaintances } from './people.js';
import { direct } from './rooms.js';
import '../kit/dialog.js';
import './handle-field.js';
import './member-row.js';

const OFFERED = 6;

/** With whom to talk alone. */
class FindPerson extends Element {
  static properties = { error: { state: true } };

  static styles = [
    buttons,
    css`
      h3 {
        margin-block: var(--space-4) var(--space-2);
        color: var(--muted);
        font-size: var(--text-small);
      }
      .notes {
        margin-block-start: var(--space-3);
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  render() {
    const known = acquaintances().slice(0, OFFERED);
    return html`<m-dialog heading=${say('chat.direct')}>
      <chat-handle-field action=${say('chat.message-to')} @found=${({ detail }) => this.#open(detail)}></chat-handle-field>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${known.length
        ? html`<h3>${say('chat.people-you-know')}</h3>
            <ul @person=${this.#chosen}>
              ${known.map((person) => html`<li><chat-member-row .member=${person}></chat-member-row></li>`)}
            </ul>`
        : nothing}
      <div class="notes">${button({ text: say('chat.notes'), icon: 'journal-text', kind: 'quiet', onclick: () => this.#open(session.value.user) })}</div>
    </m-dialog>`;
  }

  #chosen = (event) => {
    event.stopPropagation();
    this.#open(event.detail);
  };

  async #open({ id }) {
    this.error = '';
    try {
      this.tell('entered', await direct(id));
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('chat-find-person', FindPerson);
