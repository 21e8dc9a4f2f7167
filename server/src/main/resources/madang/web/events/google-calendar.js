import { html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import { ago, minute } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { part } from '../account/part.js';
import { connect, connection, disconnect, look } from './calendar.js';
import '../kit/chip.js';
import '../kit/confirm.js';
import '../kit/row.js';
import '../kit/skeleton.js';

/** Google Calendar: whether events are kept the same there, and how to begin and end it. */
class GoogleCalendar extends Element {
  static properties = { failure: {}, asking: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [buttons, part];

  constructor() {
    super();
    this.watch(connection, minute);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#try(look);
  }

  render() {
    const error = this.error ?? (this.failure && say(has(`identity.failure.${this.failure}`) ? `identity.failure.${this.failure}` : 'events.google-failed'));
    return html`<p class="muted">${say('events.google-about')}</p>
      ${error ? html`<p class="error" role="alert">${error}</p>` : nothing} ${connection.value ? this.#state(connection.value) : html`<m-skeleton rows="1"></m-skeleton>`}
      ${this.asking
        ? html`<m-confirm
            heading=${say('events.google-disconnect')}
            text=${say('events.google-disconnect-about')}
            action=${say('events.google-disconnect')}
            .act=${() => this.#disconnect()}
            @close=${() => (this.asking = false)}
          ></m-confirm>`
        : nothing}`;
  }

  #state({ state, email, synced_at: synced }) {
    if (state === 'CONNECTED') {
      return html`<m-row icon="google" name=${say('events.google')} detail=${[email, synced && say('events.google-synced', { when: ago(synced) })].filter(Boolean).join(' · ')}>
        <m-chip text=${say('events.google-connected')}></m-chip>
        <button type="button" @click=${() => (this.asking = true)}>${say('events.google-disconnect')}</button>
      </m-row>`;
    }
    const isLost = state === 'NEEDS_RECONNECT';
    return html`${isLost ? html`<p class="error" role="alert">${say('events.google-lost')}</p>` : nothing}
      <div class="deeds">
        ${button({ text: say(isLost ? 'events.google-reconnect' : 'events.google-connect'), icon: 'google', kind: 'primary', busy: this.busy, onclick: () => this.#try(() => connect('/settings/calendar')) })}
      </div>`;
  }

  async #disconnect() {
    await disconnect();
    toast(say('events.google-disconnected'));
  }

  async #try(deed) {
    this.busy = true;
    this.error = null;
    try {
      await deed();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }
}

define('events-google-calendar', GoogleCalendar);
