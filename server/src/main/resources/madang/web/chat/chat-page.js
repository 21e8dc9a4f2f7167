import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import '../kit/empty.js';
import './asks.js';
import './room-list.js';
import './room-view.js';

/** Pages that stand where a room would. */
const places = {
  search: { load: () => import('./search-page.js'), view: ({ words }) => html`<chat-search-page .words=${words}></chat-search-page>` },
  mentions: { load: () => import('./mentions.js'), view: () => html`<chat-mentions></chat-mentions>` },
};

/** My rooms beside the one that is open; on a phone one or the other. */
class ChatPage extends Element {
  static properties = { room: {}, at: { type: Number }, thread: {}, words: {}, place: { state: true } };

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

  willUpdate(changes) {
    if (changes.has('room')) this.#arrive();
  }

  render() {
    return html`<chat-asks .room=${this.room}>
      <chat-room-list class=${this.room ? 'behind' : ''} .current=${this.room}></chat-room-list>
      <section class="content ${this.room ? '' : 'behind'}" tabindex="-1" aria-label=${say('chat.conversation')}>${this.#content()}</section>
    </chat-asks>`;
  }

  #content() {
    if (!this.room) return html`<m-empty icon="chat-square-text" heading=${say('chat.choose')} text=${say('chat.choose-about')}></m-empty>`;
    if (places[this.room]) return this.place ? places[this.place].view(this) : nothing;
    return html`<chat-room-view .room=${this.room} .at=${this.at} .thread=${this.thread}></chat-room-view>`;
  }

  /** On a phone the list gives way to the room, so the focus must go along. */
  updated(changes) {
    if (changes.has('room') && this.room && matchMedia('(pointer: coarse)').matches) this.$('.content').focus();
  }

  async #arrive() {
    const { room } = this;
    this.place = null;
    await places[room]?.load();
    if (this.room === room && places[room]) this.place = room;
  }
}

define('chat-page', ChatPage);
