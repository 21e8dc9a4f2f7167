import { css, html } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { iconOf } from './rooms.js';
import '../kit/icon.js';

/** The name of the room and how many are here. */
class RoomHead extends Element {
  static properties = { room: { attribute: false }, people: { attribute: false }, panel: { attribute: false } };

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

  render() {
    const { name, type, description, member_count: members } = this.room;
    return html`<header>
      <a class="back" href="/chat" aria-label=${say('chat.to-rooms')}><m-icon name="chevron-left"></m-icon></a>
      <div class="title">
        <h1><m-icon name=${iconOf(type)}></m-icon><span>${name}</span></h1>
        <p class="muted small">
          <span class="here">${say('chat.here', { count: this.people.count })}</span> · ${say('chat.member-count', { count: members })}${description ? ` · ${description}` : ''}
        </p>
      </div>
      ${iconButton({ icon: 'people', label: say('chat.about-room'), pressed: String(Boolean(this.panel)), onclick: () => this.#toggle() })}
    </header>`;
  }

  focusPanelButton() {
    this.$('button.icon').focus();
  }

  async #toggle() {
    await import('./room-panel.js');
    this.tell('panel');
  }
}

define('chat-room-head', RoomHead);
