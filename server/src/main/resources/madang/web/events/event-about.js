import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { minute, zone } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { session } from '../identity/session.js';
import { deedsOf } from './deeds.js';
import { act, isOver, putOut, remove } from './events.js';
import { when } from '../kit/when.js';
import '../kit/confirm.js';
import './history.js';
import './no-shows.js';
import './participants.js';
import './repeat.js';
import './status.js';

/** How each deed looks; those that cannot be taken back are asked about first. */
const DEEDS = {
  confirm: { icon: 'check-lg', kind: 'primary', act: ({ id }) => act(id, 'confirm') },
  'confirm-rest': { icon: 'check-all', act: ({ id }) => act(id, 'rest/confirm') },
  done: { icon: 'flag', kind: 'primary', act: ({ id }) => act(id, 'done') },
  accept: { icon: 'check-lg', kind: 'primary', act: ({ id }) => act(id, 'accept') },
  decline: { icon: 'x-lg', act: ({ id }) => act(id, 'decline') },
  'accept-rest': { icon: 'check-all', act: ({ id }) => act(id, 'rest/accept') },
  'decline-rest': { icon: 'x-lg', act: ({ id }) => act(id, 'rest/decline') },
  edit: { icon: 'pencil', opens: { load: () => import('./edit-event.js'), view: (event) => html`<events-edit .event=${event}></events-edit>` } },
  invite: { icon: 'person-plus', opens: { load: () => import('./invite.js'), view: (event) => html`<events-invite .event=${event}></events-invite>` } },
  cancel: { kind: 'harm', isAsked: true, act: ({ id }) => act(id, 'cancel') },
  leave: { kind: 'harm', isAsked: true, act: ({ id }) => putOut(id, session.value.user.id), isGone: true },
  delete: { icon: 'trash3', kind: 'harm', isAsked: true, act: ({ id }) => remove(id), isGone: true },
};

/** What was agreed, what its reader may do about it, who comes, and how it came to be so. Tells `changed`. */
class EventAbout extends Element {
  static properties = { event: { attribute: false }, asking: { state: true }, open: { state: true }, busy: { state: true }, error: { state: true } };

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
        gap: var(--space-2) var(--space-3);
      }
      h1 {
        font-size: var(--text-title);
        line-height: 1.3;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-2) var(--space-3);
      }
      dt {
        display: grid;
        align-items: center;
        color: var(--muted);
      }
      .description {
        white-space: pre-wrap;
      }
      .deeds {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      section {
        display: grid;
        gap: var(--space-3);
      }
      h2 {
        font-size: var(--text-large);
      }
      .error {
        color: var(--danger);
      }
      .asked {
        position: absolute;
      }
      @media (max-width: 959px) {
        :host {
          padding: var(--space-4);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.watch(minute, zone);
  }

  render() {
    const { event } = this;
    return html`<header>
        <h1>${event.title}</h1>
        <events-status status=${event.status}></events-status>
      </header>
      ${this.#facts(event)}
      ${event.series ? html`<events-repeat .event=${event}></events-repeat>` : nothing}
      ${event.description ? html`<p class="description">${event.description}</p>` : nothing} ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="deeds" role="group" aria-label=${say('events.deeds')}>${deedsOf(event).map((name) => this.#deed(name))}</div>
      <section aria-labelledby="people">
        <h2 id="people">${say('events.participants', { count: event.participant_count })}</h2>
        <events-participants .event=${event}></events-participants>
      </section>
      ${isOver(event)
        ? html`<section aria-labelledby="missed">
            <h2 id="missed">${say('events.no-shows')}</h2>
            <events-no-shows .event=${event}></events-no-shows>
          </section>`
        : nothing}
      <section aria-labelledby="history">
        <h2 id="history">${say('events.history')}</h2>
        <events-history .event=${event}></events-history>
      </section>
      ${this.asking ? this.#question(this.asking) : nothing}
      ${this.open ? html`<div class="asked" @close=${() => (this.open = null)}>${DEEDS[this.open.name].opens.view(this.open.event)}</div>` : nothing}`;
  }

  #facts(event) {
    return html`<dl>
      ${fact('clock', 'events.when', when(event))} ${event.location ? fact('geo-alt', 'events.location', event.location) : nothing}
      ${fact('person', 'events.creator', event.creator?.nickname ?? say('events.somebody'))}
      ${event.my_status && event.my_status !== 'CREATOR' ? fact('envelope', 'events.mine', say(`events.mine.${event.my_status}`)) : nothing}
    </dl>`;
  }

  #deed(name) {
    const { icon, kind } = DEEDS[name];
    return button({ text: say(`events.deed.${name}`), icon, kind, busy: this.busy === name, disabled: Boolean(this.busy), onclick: () => this.#press(name) });
  }

  #question(name) {
    return html`<m-confirm
      heading=${say(`events.deed.${name}`)}
      text=${say(`events.deed.${name}-about`)}
      action=${say(`events.deed.${name}`)}
      .act=${() => this.#do(name)}
      @close=${() => (this.asking = null)}
    ></m-confirm>`;
  }

  async #press(name) {
    const { isAsked, opens } = DEEDS[name];
    if (isAsked) this.asking = name;
    else if (opens) await this.#open(name);
    else await this.#try(name);
  }

  /** Who changes an event changes the one that stood here when he began. */
  async #open(name) {
    const { event } = this;
    await DEEDS[name].opens.load();
    this.open = { name, event };
  }

  async #try(name) {
    this.busy = name;
    this.error = '';
    try {
      await this.#do(name);
    } catch (error) {
      this.error = error.message;
    }
    this.busy = null;
  }

  async #do(name) {
    const changed = await DEEDS[name].act(this.event);
    toast(say(`events.did.${name}`));
    if (DEEDS[name].isGone) go('/events');
    else if (changed) this.tell('changed', changed);
  }
}

const fact = (icon, label, text) => html`<dt><m-icon name=${icon}></m-icon><span class="unseen">${say(label)}</span></dt><dd>${text}</dd>`;

define('events-about', EventAbout);
