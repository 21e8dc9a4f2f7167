import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { loadTexts, say } from '../kit/texts.js';
import { zone } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { when } from '../kit/when.js';
import { session } from '../identity/session.js';
import { book, close, giveBack, hold, one } from './slots.js';
import { isForMe, priceOf, stateOf } from './words.js';
import '../kit/chip.js';
import '../kit/confirm.js';
import '../kit/error.js';
import '../kit/skeleton.js';

/** One slot, and the two steps to it: it is kept for five minutes, and booked. */
class SlotPage extends Element {
  static properties = { id: { attribute: false }, slot: { state: true }, asking: { state: true }, busy: { state: true }, byPhone: { state: true }, error: { state: true }, refusal: { state: true }, now: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--space-4);
        inline-size: min(100%, var(--measure));
        margin-inline: auto;
        padding: var(--space-5) var(--space-4) var(--space-6);
      }
      section {
        display: grid;
        gap: var(--space-4);
        padding: var(--space-5);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      h1 {
        font-size: var(--text-title);
        line-height: 1.3;
      }
      m-chip,
      .deeds {
        justify-self: start;
      }
      .deeds {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .description {
        white-space: pre-wrap;
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  #clock;

  constructor() {
    super();
    this.now = Date.now();
    this.watch(zone, session);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  willUpdate(changes) {
    if (changes.has('id')) this.#load();
  }

  updated() {
    heading.set(this.slot?.title ?? say('slots.slots'));
  }

  render() {
    if (this.refusal) return html`<m-error .error=${this.refusal} action=${say('slots.to-slots')} @retry=${() => go('/slots')}></m-error>`;
    const { slot } = this;
    if (!slot) return html`<m-skeleton rows="5"></m-skeleton>`;
    return html`<a href="/slots">${say('slots.to-slots')}</a>
      <section aria-labelledby="title">
        <h1 id="title">${slot.title}</h1>
        <m-chip ?quiet=${!isForMe(slot)} text=${stateOf(slot)}></m-chip>
        <div>
          <p>${when(slot)}</p>
          <p>${[slot.region, slot.location].filter(Boolean).join(' ')}</p>
          <p>${[slot.host?.nickname, say(`slots.category.${slot.category}`), priceOf(slot)].filter(Boolean).join(' · ')}</p>
        </div>
        ${slot.description ? html`<p class="description">${slot.description}</p>` : nothing} ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        ${this.#deeds(slot)}
      </section>
      ${this.asking ? this.#question(this.asking) : nothing}`;
  }

  #deeds(slot) {
    if (session.value.state !== 'user') return this.#unknown(slot);
    if (slot.host_id === session.value.user.id) return slot.is_closed ? nothing : html`<div class="deeds">${this.#button('close', () => (this.asking = 'close'), 'harm')}</div>`;
    if (slot.my_state === 'BOOKED') return this.#booked(slot);
    if (slot.my_state === 'HELD') return this.#held(slot);
    return slot.is_available ? this.#one('hold', () => this.#try(() => hold(slot.id))) : html`<p class="muted">${say('slots.not-now')}</p>`;
  }

  /** Who has no account brings his name and a number that he can be reached at. */
  #unknown({ id, is_available: isAvailable }) {
    if (this.byPhone) return html`<identity-phone-form named></identity-phone-form>`;
    return html`<div class="deeds">
      ${this.#button('sign-in', () => go(`/welcome?next=/slots/${id}`), 'primary')} ${isAvailable ? this.#button('by-phone', () => this.#askPhone()) : nothing}
    </div>`;
  }

  async #askPhone() {
    await Promise.all([loadTexts('identity'), import('../identity/phone-form.js')]);
    this.byPhone = true;
  }

  #booked({ event_id: event }) {
    return html`<div class="deeds">${this.#button('open', () => go(`/events/${event}`), 'primary')} ${this.#button('give-back', () => (this.asking = 'give-back'), 'harm')}</div>`;
  }

  #held({ id, held_until: until }) {
    const seconds = Math.max(0, Math.ceil((Date.parse(until) - this.now) / 1000));
    return html`<p role="timer">${say('slots.held', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })}</p>
      <div class="deeds">
        ${this.#button('book', () => this.#try(() => book(id), 'slots.did.book'), 'primary')} ${this.#button('let-go', () => this.#try(() => this.#giveBack()))}
      </div>`;
  }

  #one(name, onclick) {
    return html`<div class="deeds">${this.#button(name, onclick, 'primary')}</div>`;
  }

  #button(name, onclick, kind) {
    return button({ text: say(`slots.deed.${name}`), kind, busy: this.busy, onclick });
  }

  #question(name) {
    const act = name === 'close' ? () => this.#close() : () => this.#giveBack();
    return html`<m-confirm
      heading=${say(`slots.deed.${name}`)}
      text=${say(`slots.deed.${name}-about`)}
      action=${say(`slots.deed.${name}`)}
      .act=${act}
      @close=${() => (this.asking = null)}
    ></m-confirm>`;
  }

  async #giveBack() {
    await giveBack(this.id);
    await this.#load();
  }

  async #close() {
    await close(this.id);
    toast(say('slots.did.close'));
    go('/slots');
  }

  /** Who came too late sees what there is now. */
  async #try(deed, told) {
    this.busy = true;
    this.error = '';
    try {
      const slot = await deed();
      if (slot) this.#show(slot);
      if (told) toast(say(told));
    } catch (error) {
      this.error = error.message;
      await this.#load();
    }
    this.busy = false;
  }

  async #load() {
    const { id } = this;
    try {
      const slot = await one(id);
      if (id === this.id) this.#show(slot);
    } catch (error) {
      if (id === this.id) this.refusal = error;
    }
  }

  #show(slot) {
    this.slot = slot;
    this.now = Date.now();
    this.refusal = null;
    clearInterval(this.#clock);
    if (slot.my_state === 'HELD' && this.isConnected) this.#clock = setInterval(() => this.#tick(), 1000);
  }

  #tick() {
    this.now = Date.now();
    if (this.now < Date.parse(this.slot.held_until)) return;
    clearInterval(this.#clock);
    this.#load();
  }
}

define('slots-slot', SlotPage);
