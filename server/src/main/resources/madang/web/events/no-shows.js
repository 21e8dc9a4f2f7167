import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { session } from '../identity/session.js';
import { noShows, object, takeBack } from './events.js';
import '../kit/avatar.js';
import '../kit/dialog.js';
import '../kit/list.js';
import '../kit/row.js';

/** Who said that they would come and did not, with what they say to it. */
class NoShows extends Element {
  static properties = { event: { attribute: false }, objecting: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      .failed {
        color: var(--danger);
        font-size: var(--text-small);
      }
    `,
  ];

  #shown;

  #form = new Form(this, async ({ objection }) => {
    await object(this.event.id, session.value.user.id, objection);
    toast(say('events.objected'));
    this.$('m-dialog').close();
  });

  render() {
    return html`<m-list label=${say('events.no-shows')} .load=${(cursor) => noShows(this.event.id)(cursor)} .row=${this.#row}>
        <p class="muted">${say('events.no-shows-none')}</p>
      </m-list>
      ${this.error ? html`<p class="failed" role="alert">${this.error}</p>` : nothing} ${this.objecting ? this.#dialog(this.objecting) : nothing}`;
  }

  /** Whenever the event is read again, so is this. */
  updated(changes) {
    if (!changes.has('event')) return;
    if (this.#shown) this.$('m-list').refresh();
    this.#shown = true;
  }

  #row = (missed) => html`<m-row name=${missed.user.nickname} detail=${missed.objection ? say('events.objection-said', missed) : ''}>
    <m-avatar slot="sign" .person=${missed.user}></m-avatar>
    ${this.event.my_status === 'CREATOR' ? html`<button type="button" @click=${() => this.#takeBack(missed.id)}>${say('events.no-show-take-back')}</button>` : nothing}
    ${missed.id === session.value.user?.id ? html`<button type="button" @click=${() => (this.objecting = missed)}>${say('events.object')}</button>` : nothing}
  </m-row>`;

  #dialog({ objection }) {
    const form = this.#form;
    return html`<m-dialog heading=${say('events.object')} @close=${() => (this.objecting = null)}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({ name: 'objection', label: say('events.objection'), hint: say('events.objection-hint'), value: objection ?? '', tall: true, maxlength: 500, error: form.error('objection') })}
        ${form.summary('objection')} ${button({ text: say('events.objection-do'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }

  async #takeBack(user) {
    this.error = '';
    try {
      await takeBack(this.event.id, user);
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('events-no-shows', NoShows);
