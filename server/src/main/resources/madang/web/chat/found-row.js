import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago, exact, minute } from '../kit/time.js';
import { linkTo } from './links.js';
import { marked } from './message-text.js';
import { preview } from './notices.js';
import { nameOf, roomOf } from './rooms.js';
import '../kit/avatar.js';

/** A message where it is listed and not in its room; a press goes there. */
class FoundRow extends Element {
  static properties = { message: { attribute: false }, words: {}, placed: { type: Boolean } };

  static styles = css`
    a {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 var(--space-3);
      padding: var(--space-2) var(--space-3);
      border-radius: var(--radius);
      color: inherit;
      text-decoration: none;
    }
    a:hover {
      background: var(--sunken);
    }
    m-avatar {
      --avatar-size: var(--space-6);
      grid-row: span 2;
      margin-block-start: var(--space-1);
    }
    .who {
      display: flex;
      align-items: baseline;
      gap: var(--space-2);
      min-inline-size: 0;
    }
    .who span {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    time {
      flex: none;
      margin-inline-start: auto;
      color: var(--muted);
      font-size: var(--text-tiny);
    }
    p {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 4;
      overflow: hidden;
      white-space: pre-wrap;
    }
    mark {
      border-radius: var(--radius-small);
      background: var(--warm-soft);
      color: inherit;
      font-weight: var(--bold);
    }
  `;

  constructor() {
    super();
    this.watch(minute);
  }

  render() {
    const { message } = this;
    const { author, created_at: time } = message;
    const room = this.placed ? roomOf(message.room) : null;
    return html`<a href=${linkTo(message)}>
      <m-avatar .person=${author}></m-avatar>
      <span class="who">
        <b>${author?.nickname ?? say('chat.somebody')}</b>
        ${room ? html`<span class="muted small">${nameOf(room)}</span>` : nothing}
        <time datetime=${time} title=${exact(time)}>${ago(time, minute.value)}</time>
      </span>
      <p>${marked(preview(message), this.words ?? '')}</p>
    </a>`;
  }
}

define('chat-found-row', FoundRow);
