import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { changes, one } from './events.js';
import '../chat/asks.js';
import '../chat/room-view.js';
import '../kit/empty.js';
import '../kit/error.js';
import '../kit/skeleton.js';
import './event-about.js';

/** What was agreed, and beside it the talk of its people; on a phone one or the other. */
class EventPage extends Element {
  static properties = { id: { attribute: false }, part: {}, at: { type: Number }, thread: {}, event: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1fr);
        block-size: 100%;
      }
      .about {
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
      }
      .talk {
        min-block-size: 0;
        min-inline-size: 0;
        border-inline-start: var(--hairline) solid var(--line);
        background: var(--surface);
      }
      m-empty,
      m-error,
      m-skeleton {
        grid-column: 1 / -1;
      }
      nav {
        display: none;
      }
      @media (max-width: 959px) {
        :host {
          grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        }
        .behind {
          display: none;
        }
        .talk {
          border: 0;
        }
        nav {
          display: flex;
          align-items: center;
          border-block-end: var(--hairline) solid var(--line);
        }
        nav a {
          display: grid;
          flex: 1;
          place-items: center;
          min-block-size: var(--bar);
          border-block-end: var(--focus) solid transparent;
          color: var(--muted);
          font-weight: var(--bold);
          text-decoration: none;
        }
        nav a.back {
          flex: none;
          inline-size: var(--touch);
          color: var(--ink);
        }
        nav a[aria-current] {
          border-color: var(--accent);
          color: var(--accent);
        }
      }
    `,
  ];

  #ends = () => {};

  connectedCallback() {
    super.connectedCallback();
    this.#ends = changes.subscribe(() => this.#load());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ends();
  }

  willUpdate(properties) {
    if (!properties.has('id')) return;
    this.event = null;
    this.error = null;
    this.#load();
  }

  updated() {
    if (this.event) heading.set(this.event.title);
  }

  render() {
    const { event, error } = this;
    if (error) return html`<m-error .error=${error} action=${error.status === 404 ? say('events.to-events') : say('kit.try-again')} @retry=${() => this.#retry(error)}></m-error>`;
    if (!event) return html`<m-skeleton rows="8"></m-skeleton>`;
    const isTalk = this.part === 'chat';
    return html`<nav aria-label=${say('events.parts')}>
        <a class="back" href="/events" aria-label=${say('events.to-events')}><m-icon name="chevron-left"></m-icon></a>
        <a href="/events/${event.id}" aria-current=${isTalk ? nothing : 'page'}>${say('events.about')}</a>
        <a href="/events/${event.id}/chat" aria-current=${isTalk ? 'page' : nothing}>${say('events.talk')}${event.unread_messages ? ` (${event.unread_messages})` : ''}</a>
      </nav>
      <section class="about ${isTalk ? 'behind' : ''}" aria-label=${say('events.about')}>
        <events-about .event=${event} @changed=${({ detail }) => this.#show(detail)}></events-about>
      </section>
      <section class="talk ${isTalk ? '' : 'behind'}" aria-label=${say('events.talk')}>${event.room ? this.#talk(event) : this.#silence()}</section>`;
  }

  #talk({ id, room, title }) {
    return html`<chat-asks .room=${room}>
      <chat-room-view .room=${room} .name=${title} path="/events/${id}/chat" bare .at=${this.at} .thread=${this.thread} @heard=${this.#heard} @closed=${() => this.#load()}></chat-room-view>
    </chat-asks>`;
  }

  #silence() {
    return html`<m-empty icon="chat-square-text" heading=${say('events.talk-shut')} text=${say('events.talk-shut-about')}></m-empty>`;
  }

  #retry(error) {
    if (error.status === 404) go('/events');
    else this.#load();
  }

  async #load() {
    const { id } = this;
    try {
      const event = await one(id);
      if (id === this.id) this.#show(event);
    } catch (error) {
      if (id === this.id && (!this.event || error.status === 404)) this.error = error;
    }
  }

  #show(event) {
    this.event = event;
    this.error = null;
  }

  /** What others do to the event is told in its talk. */
  #heard({ detail: messages }) {
    if (messages.some(({ kind }) => kind === 'notice')) this.#load();
  }
}

define('events-event', EventPage);
