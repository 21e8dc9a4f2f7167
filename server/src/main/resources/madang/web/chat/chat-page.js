import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import '../kit/empty.js';
import './room-list.js';
import './room-view.js';

const dialogs = {
  create: { load: () => import('./create-room.js'), view: html`<chat-create-room></chat-create-room>` },
  browse: { load: () => import('./browse-rooms.js'), view: html`<chat-browse-rooms></chat-browse-rooms>` },
};

/** My rooms beside the one that is open; on a phone one or the other. */
class ChatPage extends Element {
  static properties = { room: {}, at: { type: Number }, asked: { state: true } };

  static styles = css`
    :host {
      display: grid;
      grid-template: minmax(0, 1fr) / var(--list) minmax(0, 1fr);
      block-size: 100%;
    }
    chat-room-list {
      border-inline-end: var(--hairline) solid var(--line);
      min-block-size: 0;
    }
    .content {
      min-inline-size: 0;
      min-block-size: 0;
      background: var(--surface);
    }
    .asked {
      position: absolute;
    }
    m-empty {
      block-size: 100%;
    }
    @media (max-width: 959px) {
      :host {
        grid-template-columns: minmax(0, 1fr);
      }
      .behind {
        display: none;
      }
    }
  `;

  render() {
    return html`<chat-room-list
        class=${this.room ? 'behind' : ''}
        .current=${this.room}
        @create=${() => this.#ask('create')}
        @browse=${() => this.#ask('browse')}
      ></chat-room-list>
      <section class="content ${this.room ? '' : 'behind'}" tabindex="-1" aria-label=${say('chat.conversation')}>
        ${this.room
          ? html`<chat-room-view .room=${this.room} .at=${this.at}></chat-room-view>`
          : html`<m-empty icon="chat-square-text" heading=${say('chat.choose')} text=${say('chat.choose-about')}></m-empty>`}
      </section>
      ${this.asked ? html`<div class="asked" @close=${() => (this.asked = null)} @entered=${this.#entered}>${dialogs[this.asked].view}</div>` : nothing}`;
  }

  /** On a phone the list gives way to the room, so the focus must go along. */
  updated(changes) {
    if (changes.has('room') && this.room && matchMedia('(pointer: coarse)').matches) this.$('.content').focus();
  }

  async #ask(name) {
    await dialogs[name].load();
    this.asked = name;
  }

  #entered = ({ detail: room }) => {
    this.asked = null;
    go(`/chat/${room.id}`);
  };
}

define('chat-page', ChatPage);
