import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { clock, exact } from '../kit/time.js';
import { messageText } from './message-text.js';
import '../kit/icon.js';

/** What the house, or somebody who keeps the room, tells everybody. */
class Announcement extends Element {
  static properties = { message: { attribute: false } };

  static styles = css`
    aside {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      gap: 0 var(--space-3);
      margin: var(--space-3) var(--space-4);
      padding: var(--space-3) var(--space-4);
      border-radius: var(--radius);
      background: var(--warm-soft);
    }
    m-icon {
      margin-block-start: 0.15em;
      color: var(--warm);
    }
    p {
      white-space: pre-wrap;
    }
    .from {
      grid-column: 2;
    }
  `;

  render() {
    const { message } = this;
    const { author, created_at: time, deleted_at: deleted } = message;
    return html`<aside aria-label=${say('chat.announcement')}>
      <m-icon name="megaphone"></m-icon>
      <p>${deleted ? say('chat.deleted') : messageText(message)}</p>
      <span class="from small">${author ? say('chat.announced-by', { nickname: author.nickname }) : say('chat.announcement')} · <time datetime=${time} title=${exact(time)}>${clock(time)}</time></span>
    </aside>`;
  }
}

define('chat-announcement', Announcement);
