import { css, html, nothing } from 'lit';
import { ApiError } from '../client/api-error.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { accept, ask, changes, lookUp, unblock } from './friends.js';
import '../kit/avatar.js';
import '../kit/chip.js';
import '../kit/row.js';

/** What can be done about somebody, by what is between us; nothing where it is done already. */
const DEEDS = {
  none: ['people.ask', ask],
  asked: ['people.accept', accept],
  blocked: ['people.unblock', unblock],
};

/** Finds one person by the handle they go by, whole, so that nobody can leaf through people. */
class FindFriend extends Element {
  static properties = { found: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-3);
        align-items: end;
      }
      .line .field {
        flex: 1 1 8em;
      }
      .line button {
        min-block-size: var(--touch);
      }
      .failed {
        margin-block-start: var(--space-2);
        color: var(--danger);
        font-size: var(--text-small);
      }
    `,
  ];

  #form = new Form(this, async ({ handle }) => {
    this.error = '';
    this.found = await lookUp(handle.trim().replace(/^@/, ''));
    if (!this.found) throw new ApiError({ code: 'USER_NOT_FOUND', message: '', details: { handle: say('people.nobody') } });
  });

  #ends;

  connectedCallback() {
    super.connectedCallback();
    this.#ends = changes.subscribe(() => this.#again());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ends();
  }

  render() {
    const form = this.#form;
    return html`<form novalidate @submit=${form.onsubmit}>
        <div class="line">
          ${field({ name: 'handle', label: say('people.handle'), error: form.error('handle'), maxlength: 40 })}
          ${button({ text: say('people.look'), icon: 'search', type: 'submit', busy: form.busy })}
        </div>
        ${form.summary('handle')}
      </form>
      <div role="status">${this.found ? this.#person(this.found) : nothing}</div>
      ${this.error ? html`<p class="failed" role="alert">${this.error}</p>` : nothing}`;
  }

  #person(person) {
    const [text, act] = DEEDS[person.relation] ?? [];
    return html`<m-row name=${person.nickname} detail=${[`@${person.username}`, person.status_message].filter(Boolean).join(' · ')}>
      <m-avatar slot="sign" .person=${person} ?online=${person.online}></m-avatar>
      ${act
        ? button({ text: say(text), kind: person.relation === 'blocked' ? 'plain' : 'primary', busy: this.busy, onclick: () => this.#do(() => act(person.id)) })
        : html`<m-chip text=${say(`people.relation.${person.relation}`)}></m-chip>`}
    </m-row>`;
  }

  async #do(deed) {
    this.busy = true;
    this.error = '';
    try {
      await deed();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }

  /** What is between us may have changed, here or on the other side. */
  async #again() {
    if (this.found?.username) this.found = await lookUp(this.found.username).catch(() => this.found);
  }
}

define('people-find-friend', FindFriend);
