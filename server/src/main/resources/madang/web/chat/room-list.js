import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { arrows } from '../kit/arrows.js';
import { button, buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { LIVE_ROOMS, more, refresh, rooms } from './rooms.js';
import '../kit/empty.js';
import '../kit/error.js';
import '../kit/menu.js';
import '../kit/skeleton.js';
import './room-row.js';

class RoomList extends Element {
  static properties = { current: {} };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }
      header {
        display: flex;
        align-items: center;
        min-block-size: var(--bar);
        padding: 0 var(--space-2) 0 var(--space-4);
      }
      h1 {
        flex: 1;
        font-size: var(--text-large);
      }
      .rooms {
        overflow: auto;
        padding: 0 var(--space-2) var(--space-4);
      }
      .fresh {
        padding: var(--space-3);
        text-align: center;
      }
      .steps {
        display: flex;
        flex-wrap: wrap;
        justify-content: center;
        gap: var(--space-2);
      }
    `,
  ];

  constructor() {
    super();
    this.watch(rooms);
  }

  render() {
    return html`<header>
        <h1>${say('chat.rooms')}</h1>
        ${iconButton({ icon: 'at', label: say('chat.mentions'), onclick: () => go('/chat/mentions') })}
        ${iconButton({ icon: 'compass', label: say('chat.browse'), onclick: () => this.tell('browse') })}
        <m-menu icon="plus-lg" label=${say('chat.new')} .items=${this.#new()}></m-menu>
      </header>
      <nav class="rooms" aria-label=${say('chat.rooms')}>${this.#body()}</nav>`;
  }

  #new() {
    return [
      { icon: 'hash', text: say('chat.create'), act: () => this.tell('create') },
      { icon: 'person', text: say('chat.direct'), act: () => this.tell('direct') },
    ];
  }

  #body() {
    const { status, items, error } = rooms.value;
    if (status === 'loading') return html`<m-skeleton rows="7"></m-skeleton>`;
    if (status === 'failed') return html`<m-error .error=${error} @retry=${refresh}></m-error>`;
    if (items.length === 0) return this.#none();
    return html`<ul @keydown=${arrows}>
        ${repeat(items, ({ id }) => id, (room) => html`<li><chat-room-row .room=${room} .current=${room.id === this.current}></chat-room-row></li>`)}
      </ul>
      ${this.#end()}`;
  }

  /** The list goes on as its end comes near; how fresh it is, it says itself. */
  #end() {
    const { items, cursor, error } = rooms.value;
    if (error) return html`<m-error .error=${error} @retry=${more}></m-error>`;
    if (cursor) return html`<div class="end"><m-skeleton rows="2"></m-skeleton></div>`;
    return items.length > LIVE_ROOMS ? html`<p class="fresh muted small">${say('chat.live-rooms', { live: LIVE_ROOMS, count: items.length })}</p>` : nothing;
  }

  #watcher;

  firstUpdated() {
    this.#watcher = new IntersectionObserver(([end]) => end.isIntersecting && more(), { root: this.$('.rooms'), rootMargin: '100%' });
  }

  updated() {
    this.#watcher.disconnect();
    const end = this.$('.end');
    if (end) this.#watcher.observe(end);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watcher?.disconnect();
  }

  #none() {
    return html`<m-empty icon="chat-square-text" heading=${say('chat.no-rooms')} text=${say('chat.no-rooms-about')}>
      <div class="steps">
        ${button({ text: say('chat.browse'), kind: 'primary', onclick: () => this.tell('browse') })}
        ${button({ text: say('chat.create'), onclick: () => this.tell('create') })}
      </div>
    </m-empty>`;
  }
}

define('chat-room-list', RoomList);
