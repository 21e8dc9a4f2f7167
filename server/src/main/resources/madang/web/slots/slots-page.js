import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields } from '../kit/field.js';
import { heading } from '../kit/heading.js';
import { say } from '../kit/texts.js';
import { session } from '../identity/session.js';
import { CATEGORIES, list, mayOffer } from './slots.js';
import '../kit/empty.js';
import '../kit/list.js';
import './slot-row.js';

/** Times that others offer: found by place and kind, the next first. Who may offer some begins here as well. */
class SlotsPage extends Element {
  static properties = { isOffering: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--space-5);
        inline-size: min(100%, var(--measure));
        margin-inline: auto;
        padding: var(--space-5) var(--space-4) var(--space-6);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      h1 {
        font-size: var(--text-title);
      }
      form {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14ch), 1fr));
        align-items: end;
      }
      .asked {
        position: absolute;
      }
    `,
  ];

  #filters = { available_only: 'true' };

  constructor() {
    super();
    this.watch(session);
  }

  updated() {
    heading.set(say('slots.slots'));
  }

  render() {
    return html`<header>
        <h1>${say('slots.slots')}</h1>
        ${session.value.state === 'user' ? nothing : html`<a href="/welcome?next=/slots">${say('slots.sign-in')}</a>`} ${mayOffer() ? button({ text: say('slots.offer'), icon: 'plus-lg', kind: 'primary', onclick: () => this.#offer() }) : nothing}
      </header>
      <form @change=${this.#filter} @submit=${this.#filter}>
        ${field({ name: 'region', label: say('slots.region'), maxlength: 100 })}
        ${choice({ name: 'category', label: say('slots.category'), options: [['', say('slots.any')], ...CATEGORIES.map((name) => [name, say(`slots.category.${name}`)])], value: '' })}
        <label class="tick"><input type="checkbox" name="available_only" value="true" checked /><span>${say('slots.available-only')}</span></label>
      </form>
      <m-list label=${say('slots.slots')} .load=${(cursor) => list(this.#filters, cursor)} .row=${(slot) => html`<slots-row .slot=${slot}></slots-row>`}>
        <m-empty icon="calendar2-check" heading=${say('slots.none')} text=${say('slots.none-about')}></m-empty>
      </m-list>
      ${this.isOffering ? html`<div class="asked" @close=${() => (this.isOffering = false)} @offered=${() => this.$('m-list').refresh()}><slots-offer></slots-offer></div>` : nothing}`;
  }

  #filter = (event) => {
    event.preventDefault();
    this.#filters = Object.fromEntries([...new FormData(event.currentTarget)].filter(([, value]) => value.trim()));
    this.$('m-list').refresh();
  };

  async #offer() {
    await import('./offer.js');
    this.isOffering = true;
  }
}

define('slots-page', SlotsPage);
