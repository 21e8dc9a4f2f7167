import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { zone } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { join, look } from './links.js';
import { when } from '../kit/when.js';
import '../kit/empty.js';
import '../kit/skeleton.js';
import './status.js';

/** Where an invite link leads: enough to decide, and one press to come along. */
class InvitePage extends Element {
  static properties = { code: {}, invite: { state: true }, refusal: { state: true }, error: { state: true }, busy: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        min-block-size: 100%;
        place-items: center;
        padding: var(--space-5) var(--space-4);
      }
      .card {
        display: grid;
        gap: var(--space-4);
        inline-size: min(100%, var(--card));
        padding: var(--space-5);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      h1 {
        font-size: var(--text-title);
        line-height: 1.3;
      }
      events-status {
        justify-self: start;
      }
      .error {
        color: var(--danger);
      }
      .later {
        justify-self: center;
      }
    `,
  ];

  constructor() {
    super();
    this.watch(zone);
  }

  willUpdate(changes) {
    if (changes.has('code')) this.#look();
  }

  updated() {
    heading.set(this.invite?.event.title ?? say('events.invitation'));
  }

  render() {
    if (this.refusal) {
      return html`<m-empty icon="calendar-event" heading=${say('events.invite-shut')} text=${this.refusal.message}>${button({ text: say('events.to-events'), onclick: () => go('/events') })}</m-empty>`;
    }
    return this.invite ? this.#card(this.invite) : html`<m-skeleton rows="4"></m-skeleton>`;
  }

  #card({ event, creator, action }) {
    const isIn = action === 'already_joined';
    return html`<section class="card" aria-labelledby="title">
      <p class="muted">${say('events.invited-by', { nickname: creator?.nickname ?? say('events.somebody') })}</p>
      <h1 id="title">${event.title}</h1>
      <events-status status=${event.status}></events-status>
      <div>
        <p>${when(event)}</p>
        ${event.location ? html`<p>${event.location}</p>` : nothing}
        <p class="muted small">${say('events.participants', { count: event.participant_count })}</p>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${isIn
        ? button({ text: say('events.open'), kind: 'primary', onclick: () => go(`/events/${event.id}`) })
        : button({ text: say('events.join'), kind: 'primary', busy: this.busy, onclick: () => this.#join() })}
      ${isIn ? nothing : html`<span class="later">${button({ text: say('events.not-now'), kind: 'link', onclick: () => go('/events') })}</span>`}
    </section>`;
  }

  async #look() {
    this.invite = null;
    this.refusal = null;
    try {
      this.invite = await look(this.code);
    } catch (error) {
      this.refusal = error;
    }
  }

  async #join() {
    this.busy = true;
    this.error = '';
    try {
      const { event_id: id } = await join(this.code);
      toast(say('events.joined'));
      go(`/events/${id}`, { replace: true });
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }
}

define('events-invite-page', InvitePage);
