import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { links, makeLink, shut } from './links.js';
import '../kit/list.js';
import './link-row.js';

const HOURS = [24, 72, 168, 720];
const USUAL_HOURS = 168;

/** The links into an event: a new one with its picture, those that there are, and an end to each. */
class InviteLinks extends Element {
  static properties = { event: { attribute: false }, made: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      h3 {
        margin-block-end: var(--space-2);
        font-size: var(--text-small);
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        align-items: start;
        gap: var(--space-3);
      }
      form button {
        justify-self: end;
      }
    `,
  ];

  #form = new Form(this, async ({ expires_in_hours: hours, max_uses: uses }) => {
    const link = await makeLink(this.event.id, { expires_in_hours: Number(hours), max_uses: Number(uses || 0) });
    this.made = link.code;
    await this.$('m-list').refresh();
  });

  render() {
    const form = this.#form;
    return html`<form novalidate @submit=${form.onsubmit}>
        <h3>${say('events.link-new')}</h3>
        <div class="pair">
          ${choice({ name: 'expires_in_hours', label: say('events.link-life'), options: HOURS.map((hours) => [String(hours), say('events.days', { count: hours / 24 })]), value: String(USUAL_HOURS) })}
          ${field({ name: 'max_uses', type: 'number', label: say('events.link-uses'), hint: say('events.link-uses-hint'), error: form.error('max_uses') })}
        </div>
        ${form.summary('max_uses', 'expires_in_hours')} ${button({ text: say('events.link-make'), icon: 'link-45deg', type: 'submit', busy: form.busy })}
      </form>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <m-list label=${say('events.links')} .load=${(cursor) => links(this.event.id)(cursor)} .row=${this.#row}></m-list>`;
  }

  #row = (link) => html`<events-link .link=${link} .event=${this.event.id} ?open=${link.code === this.made} @shut=${() => this.#shut(link.code)}></events-link>`;

  async #shut(code) {
    this.error = '';
    try {
      await shut(this.event.id, code);
      await this.$('m-list').refresh();
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('events-invite-links', InviteLinks);
