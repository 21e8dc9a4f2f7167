import { css, html, nothing } from 'lit';
import { short } from '../kit/badges.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago, exact, minute } from '../kit/time.js';
import { preview } from './notices.js';
import { iconOf } from './rooms.js';
import '../kit/icon.js';

class RoomRow extends Element {
  static properties = { room: { attribute: false }, current: { attribute: false } };

  static styles = css`
    a {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      column-gap: var(--space-2);
      align-items: center;
      padding: var(--space-2) var(--space-3);
      border-radius: var(--radius);
      color: inherit;
      text-decoration: none;
    }
    a:hover {
      background: var(--sunken);
    }
    a[aria-current] {
      background: var(--accent-soft);
    }
    m-icon {
      inline-size: 1em;
      block-size: 1em;
      color: var(--muted);
    }
    .name,
    .last {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .waiting .name {
      font-weight: var(--bold);
    }
    time,
    .last {
      color: var(--muted);
      font-size: var(--text-small);
    }
    .last {
      grid-column: 2 / -1;
    }
    .waiting .last {
      grid-column: 2;
    }
    .count {
      justify-self: end;
      min-inline-size: 1.6em;
      padding: 0 0.45em;
      border-radius: var(--pill);
      background: var(--warm);
      color: var(--on-warm);
      font-size: var(--text-tiny);
      font-weight: var(--bold);
      text-align: center;
      font-variant-numeric: tabular-nums;
    }
  `;

  constructor() {
    super();
    this.watch(minute);
  }

  render() {
    const { id, name, type, unread, last_message: last } = this.room;
    return html`<a href="/chat/${id}" class=${unread ? 'waiting' : ''} aria-current=${this.current ? 'page' : nothing}>
      <m-icon name=${iconOf(type)}></m-icon>
      <span class="name">${name}</span>
      ${last ? html`<time datetime=${last.created_at} title=${exact(last.created_at)}>${ago(last.created_at, minute.value)}</time>` : html`<span></span>`}
      <span class="last">${last ? this.#last(last) : say('chat.nothing-said')}</span>
      ${unread ? html`<span class="count">${short(unread)}<span class="unseen"> ${say('chat.unread')}</span></span>` : nothing}
    </a>`;
  }

  #last(message) {
    const who = message.kind !== 'notice' && message.author ? `${message.author.nickname}: ` : '';
    return who + preview(message);
  }
}

define('chat-room-row', RoomRow);
