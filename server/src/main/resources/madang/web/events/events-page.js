import { css, html, nothing } from 'lit';
import { button, buttons, iconButton } from '../kit/button.js';
import { isDay, momentOf, noonOf, plusDays, plusMonths, today, weeksOf } from '../kit/days.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { day, month, zone } from '../kit/time.js';
import { connection, elsewhere } from './calendar.js';
import { between, changes, waiting } from './events.js';
import { touches } from '../kit/when.js';
import '../kit/empty.js';
import '../kit/error.js';
import '../kit/skeleton.js';
import './elsewhere-row.js';
import './event-row.js';
import './month.js';

/** The month, and beside it the day that is chosen; above them the invitations that wait for an answer. */
class EventsPage extends Element {
  static properties = { day: {}, events: { state: true }, elsewhere: { state: true }, error: { state: true }, isCreating: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--space-5);
        padding: var(--space-5) var(--space-5) var(--space-6);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
      }
      h1 {
        flex: 1;
        font-size: var(--text-title);
      }
      .ways {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2) var(--space-4);
      }
      .ways a {
        padding-block: var(--space-2);
      }
      .both {
        display: grid;
        grid-template-columns: minmax(0, 1fr) var(--panel);
        gap: var(--space-5);
        align-items: start;
      }
      section {
        display: grid;
        gap: var(--space-3);
        min-inline-size: 0;
      }
      h2 {
        font-size: var(--text-large);
      }
      ul {
        display: grid;
        gap: var(--space-2);
      }
      .asked {
        position: absolute;
      }
      @media (max-width: 959px) {
        :host {
          padding: var(--space-4) var(--space-3) var(--space-6);
        }
        h1 {
          flex-basis: 100%;
        }
        .both {
          grid-template-columns: minmax(0, 1fr);
        }
        .new {
          margin-inline-start: auto;
        }
      }
    `,
  ];

  #shown;
  #ends;

  constructor() {
    super();
    this.elsewhere = [];
    this.watch(waiting, zone, connection);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#ends = changes.subscribe(() => this.#load());
    document.addEventListener('visibilitychange', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ends();
    document.removeEventListener('visibilitychange', this.#again);
  }

  get #day() {
    return isDay(this.day) ? this.day : today();
  }

  /** The same weeks are read once, whichever of their days is looked at. */
  willUpdate() {
    const month = this.#day.slice(0, 7) + zone.value;
    if (month === this.#shown) return;
    this.#shown = month;
    this.events = null;
    this.elsewhere = [];
    this.#load();
  }

  updated() {
    heading.set(say('events.events'));
  }

  render() {
    return html`<header>
        <h1 aria-live="polite">${month(noonOf(this.#day))}</h1>
        ${iconButton({ icon: 'chevron-left', label: say('events.month-before'), onclick: () => this.#choose(plusMonths(this.#day, -1)) })}
        ${button({ text: say('events.today'), onclick: () => this.#choose(today()) })}
        ${iconButton({ icon: 'chevron-right', label: say('events.month-after'), onclick: () => this.#choose(plusMonths(this.#day, 1)) })}
        <span class="new">${button({ text: say('events.new'), icon: 'plus-lg', kind: 'primary', onclick: () => this.#create() })}</span>
      </header>
      ${waiting.value.length ? this.#waiting() : nothing} ${this.error ? html`<m-error .error=${this.error} @retry=${() => this.#load()}></m-error>` : this.#both()}
      ${this.isCreating ? html`<div class="asked" @close=${() => (this.isCreating = false)}><events-edit .day=${this.#day}></events-edit></div>` : nothing}`;
  }

  #waiting() {
    return html`<section aria-labelledby="waiting">
      <h2 id="waiting">${say('events.waiting')}</h2>
      <ul>
        ${waiting.value.map((event) => html`<li><events-row .event=${event} dated></events-row></li>`)}
      </ul>
    </section>`;
  }

  #both() {
    return html`<div class="both">
      <events-month .day=${this.#day} .events=${this.events ?? []} .elsewhere=${this.elsewhere} @choose=${({ detail }) => this.#choose(detail)}></events-month>
      <section aria-labelledby="day">
        <h2 id="day">${day(noonOf(this.#day), { year: undefined })}</h2>
        ${this.events ? this.#dayList() : html`<m-skeleton rows="3"></m-skeleton>`} ${this.#ways()}
      </section>
    </div>`;
  }

  #dayList() {
    const [ours, theirs] = [this.events, this.elsewhere].map((events) => events.filter((event) => touches(event, this.#day)));
    if (ours.length + theirs.length === 0) return html`<m-empty icon="calendar-event" heading=${say('events.none')} text=${say('events.none-about')}></m-empty>`;
    return html`<ul>
      ${ours.map((event) => html`<li><events-row .event=${event}></events-row></li>`)} ${theirs.map((event) => html`<li><events-elsewhere .event=${event}></events-elsewhere></li>`)}
    </ul>`;
  }

  /** What leads further from here; Google Calendar is offered until it is there. */
  #ways() {
    const { state } = connection.value ?? { state: 'CONNECTED' };
    return html`<nav class="ways small" aria-label=${say('events.ways')}>
      <a href="/polls">${say('events.polls')}</a><a href="/slots">${say('events.slots')}</a>
      ${state === 'CONNECTED' ? nothing : html`<a href="/settings/calendar">${say(state === 'NEEDS_RECONNECT' ? 'events.google-reconnect' : 'events.google-connect')}</a>`}
    </nav>`;
  }

  #choose(chosen) {
    go(`/events?day=${chosen}`, { replace: true });
  }

  async #create() {
    await import('./edit-event.js');
    this.isCreating = true;
  }

  #again = () => document.hidden || this.#load();

  async #load() {
    const shown = this.#shown;
    const weeks = weeksOf(this.#day);
    const days = [momentOf(`${weeks[0][0]}T00:00`), momentOf(`${plusDays(weeks.at(-1)[6], 1)}T00:00`)];
    try {
      const events = await between(...days);
      if (shown !== this.#shown) return;
      this.events = events;
      this.error = null;
    } catch (error) {
      if (shown === this.#shown && !this.events) this.error = error;
    }
    const theirs = await elsewhere(...days);
    if (shown === this.#shown) this.elsewhere = theirs.filter((event) => !this.events?.some((ours) => isSame(ours, event)));
  }
}

/** What stands in both calendars is shown once. */
const isSame = (ours, theirs) => ours.title === theirs.summary && Date.parse(ours.start_time) === Date.parse(theirs.start_time);

define('events-page', EventsPage);
