import { css, html, nothing } from 'lit';
import { short } from '../kit/badges.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago, exact, minute } from '../kit/time.js';
import { preview } from './notices.js';
import { isTold } from './rows.js';
import { present } from './line.js';
import { iconOf, isWithMyself, nameOf } from './rooms.js';
import '../kit/avatar.js';
import '../kit/icon.js';

class RoomRow extends Element {
  static properties = { room: { attribute: false }, current: { attribute: false } };

  static styles = css`
    a {
      display: grid;
      grid-template-columns: var(--space-5) minmax(0, 1fr) auto;
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
    m-icon,
    m-avatar {
      justify-self: center;
    }
    m-avatar {
      --avatar-size: calc(var(--space-5) + var(--space-1));
      grid-row: span 2;
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
    .counts {
      display: flex;
      align-items: center;
      justify-self: end;
      gap: var(--space-1);
    }
    .named {
      color: var(--warm);
      font-weight: var(--bold);
    }
    .count {
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
    this.watch(minute, present);
  }

  render() {
    const { room } = this;
    const { id, unread, last_message: last } = room;
    return html`<a href="/chat/${id}" class=${unread ? 'waiting' : ''} aria-current=${this.current ? 'page' : nothing}>
      ${room.type === 'direct' ? this.#face(room) : html`<m-icon name=${iconOf(room)}></m-icon>`}
      <span class="name">${nameOf(room)}</span>
      ${last ? html`<time datetime=${last.created_at} title=${exact(last.created_at)}>${ago(last.created_at, minute.value)}</time>` : html`<span></span>`}
      <span class="last">${last ? this.#last(last) : say('chat.nothing-said')}</span>
      ${unread ? this.#waiting(room) : nothing}
    </a>`;
  }

  #face(room) {
    const isHere = present.value.has(room.peer?.id) && !isWithMyself(room);
    return html`<m-avatar .person=${room.peer} ?online=${isHere}></m-avatar>${isHere ? html`<span class="unseen">${say('chat.online')}</span>` : nothing}`;
  }

  #waiting({ unread, unread_mentions: mentions }) {
    return html`<span class="counts">
      ${mentions ? html`<span class="named" title=${say('chat.named-you', { count: mentions })}><span aria-hidden="true">@</span><span class="unseen">${say('chat.named-you', { count: mentions })}</span></span>` : nothing}
      <span class="count">${short(unread)}<span class="unseen"> ${say('chat.unread')}</span></span>
    </span>`;
  }

  #last(message) {
    const who = !isTold(message) && message.author && this.room.type !== 'direct' ? `${message.author.nickname}: ` : '';
    return who + preview(message);
  }
}

define('chat-room-row', RoomRow);
