import { css, html, nothing } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { present } from './line.js';
import { iconOf, isWithMyself, nameOf } from './rooms.js';
import '../kit/avatar.js';
import '../kit/icon.js';

/** The name of the room and how many are here. */
class RoomHead extends Element {
  static properties = { room: { attribute: false }, people: { attribute: false }, panel: {} };

  static styles = [
    buttons,
    css`
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        min-block-size: var(--bar);
        padding: 0 var(--space-2) 0 var(--space-4);
        border-block-end: var(--hairline) solid var(--line);
      }
      .back {
        display: none;
      }
      .title {
        flex: 1;
        min-inline-size: 0;
      }
      h1 {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        line-height: 1.3;
      }
      h1 span,
      p {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      m-avatar {
        --avatar-size: var(--space-5);
        margin-inline-end: var(--space-1);
      }
      h1 m-icon {
        inline-size: 1em;
        block-size: 1em;
        color: var(--muted);
      }
      .here {
        display: inline-flex;
        align-items: center;
        gap: var(--space-1);
      }
      .here::before {
        content: '';
        inline-size: var(--dot);
        block-size: var(--dot);
        border-radius: var(--pill);
        background: var(--ok);
      }
      @media (max-width: 959px) {
        header {
          padding-inline-start: var(--space-1);
        }
        .back {
          display: grid;
          flex: none;
          place-items: center;
          inline-size: var(--touch);
          block-size: var(--touch);
          border-radius: var(--radius);
          color: var(--ink);
        }
      }
    `,
  ];

  constructor() {
    super();
    this.watch(present);
  }

  render() {
    const { room } = this;
    return html`<header>
      <a class="back" href="/chat" aria-label=${say('chat.to-rooms')}><m-icon name="chevron-left"></m-icon></a>
      <div class="title">
        <h1>${room.type === 'direct' ? html`<m-avatar .person=${room.peer}></m-avatar>` : html`<m-icon name=${iconOf(room)}></m-icon>`}<span>${nameOf(room)}</span></h1>
        <p class="muted small">${room.type === 'direct' ? this.#peer(room) : this.#people(room)}</p>
      </div>
      ${this.#turn('search', 'search', say('chat.search-here'))} ${this.#turn('about', room.type === 'direct' ? 'info-circle' : 'people', say('chat.about-room'))}
    </header>`;
  }

  #people({ description, member_count: members }) {
    return html`<span class="here">${say('chat.here', { count: this.people.count })}</span> · ${say('chat.member-count', { count: members })}${description ? ` · ${description}` : ''}`;
  }

  #peer(room) {
    if (isWithMyself(room)) return say('chat.notes-about');
    return present.value.has(room.peer?.id) ? html`<span class="here">${say('chat.online')}</span>` : (room.peer?.username ? `@${room.peer.username}` : nothing);
  }

  #turn(panel, icon, label) {
    return iconButton({ icon, label, pressed: String(this.panel === panel), onclick: () => this.tell('panel', panel) });
  }

  focusButton() {
    this.$('button.icon:last-of-type').focus();
  }
}

define('chat-room-head', RoomHead);
