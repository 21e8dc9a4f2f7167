import { css, html, nothing } from 'lit';
import { buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { isMember, nameOf } from './rooms.js';
import '../kit/icon.js';

class PublicRow extends Element {
  static properties = { room: { attribute: false } };

  static styles = [
    buttons,
    css`
      button {
        inline-size: 100%;
        justify-content: start;
        padding: var(--space-2) var(--space-3);
        border-color: transparent;
        font-weight: normal;
        text-align: start;
      }
      .what {
        flex: 1;
        min-inline-size: 0;
      }
      m-icon {
        inline-size: 0.9em;
        block-size: 0.9em;
        color: var(--muted);
      }
      b,
      .about {
        display: block;
      }
    `,
  ];

  render() {
    const { description, has_password: isLocked, member_count: count } = this.room;
    return html`<button type="button" @click=${() => this.tell('entered', this.room)}>
      <span class="what">
        <b>${nameOf(this.room)}${isLocked ? html` <m-icon name="key"></m-icon><span class="unseen">${say('chat.has-password')}</span>` : nothing}</b>
        <span class="about muted small">${say('chat.member-count', { count })}${description ? ` · ${description}` : nothing}</span>
      </span>
      <span class="muted small">${say(isMember(this.room) ? 'chat.joined' : 'chat.look-in')}</span>
    </button>`;
  }
}

define('chat-public-row', PublicRow);
