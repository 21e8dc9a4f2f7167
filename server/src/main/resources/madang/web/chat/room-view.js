import { css, html, nothing } from 'lit';
import { announce } from '../kit/announce.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { session } from '../identity/session.js';
import { preview } from './notices.js';
import { RoomLog } from './room-log.js';
import { isMember, join, roomOf, rooms } from './rooms.js';
import '../kit/confirm.js';
import '../kit/empty.js';
import '../kit/error.js';
import '../kit/skeleton.js';
import './composer.js';
import './room-head.js';
import './timeline.js';
import './typing.js';

/** One room: its head, what was said, and where to say something. */
class RoomView extends Element {
  static properties = {
    room: {},
    at: { type: Number },
    panel: { state: true },
    answering: { state: true },
    removing: { state: true },
    joinError: { state: true },
  };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr) auto;
        block-size: 100%;
        position: relative;
        overflow: clip;
      }
      .conversation {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
        min-inline-size: 0;
        min-block-size: 0;
      }
      .join {
        display: grid;
        justify-items: center;
        gap: var(--space-2);
        padding: var(--space-4) var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
        border-block-start: var(--hairline) solid var(--line);
        text-align: center;
      }
      .join .error {
        color: var(--danger);
      }
      @media (max-width: 1199px) {
        chat-room-panel {
          position: absolute;
          inset-block: 0;
          inset-inline-end: 0;
          box-shadow: var(--shadow);
        }
      }
      @media (max-width: 1199px) and (prefers-reduced-motion: no-preference) {
        chat-room-panel {
          animation: slide var(--quick) ease-out;
        }
        @keyframes slide {
          from {
            translate: 100%;
          }
        }
      }
    `,
  ];

  #end = () => {};

  constructor() {
    super();
    this.watch(rooms);
  }

  updated() {
    const room = roomOf(this.room) ?? this.log.value.room;
    if (room) heading.set(room.name);
  }

  willUpdate(changes) {
    if (changes.has('room')) this.#enter();
    else if (changes.has('at') && this.at && this.log.value.status === 'ready') this.log.around(this.at);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leave();
  }

  render() {
    const { status, error } = this.log.value;
    const room = roomOf(this.room) ?? this.log.value.room;
    if (status === 'failed') return html`<m-error .error=${error} action=${error.status === 404 ? say('chat.to-rooms') : say('kit.try-again')} @retry=${() => this.#retry(error)}></m-error>`;
    if (status === 'closed') return this.#closed();
    if (!room) return html`<m-skeleton rows="8"></m-skeleton>`;
    return html`<div class="conversation" @jump=${this.#jump} @reply=${this.#reply} @edit=${this.#edit} @remove=${this.#askRemove}>
        <chat-room-head .room=${room} .people=${this.log.people} .panel=${this.panel} @panel=${() => (this.panel = !this.panel)}></chat-room-head>
        <chat-timeline .log=${this.log} .state=${this.log.value}></chat-timeline>
        <chat-typing .ids=${this.log.people.typing}></chat-typing>
        ${isMember(room) ? this.#composer(room) : this.#join(room)}
      </div>
      ${this.panel ? html`<chat-room-panel .room=${room} .online=${this.log.people.online} @close=${this.#closePanel} @keydown=${this.#panelKey}></chat-room-panel>` : nothing}
      ${this.removing ? this.#removal() : nothing}`;
  }

  #composer(room) {
    return html`<chat-composer
      .room=${room}
      .answering=${this.answering}
      .log=${this.log}
      @answered=${() => (this.answering = null)}
      @edit-last=${this.#editLast}
    ></chat-composer>`;
  }

  #join(room) {
    return html`<div class="join">
      <p class="muted">${say('chat.join-about')}</p>
      ${this.joinError ? html`<p class="error" role="alert">${this.joinError}</p>` : nothing}
      ${button({ text: say('chat.join'), kind: 'primary', onclick: () => this.#joins(room) })}
    </div>`;
  }

  #removal() {
    return html`<m-confirm
      heading=${say('chat.delete-message')}
      text=${say('chat.delete-message-about')}
      action=${say('chat.delete')}
      .act=${() => this.log.remove(this.removing)}
      @close=${() => (this.removing = null)}
    ></m-confirm>`;
  }

  #closed() {
    return html`<m-empty icon="door-closed" heading=${say('chat.closed')} text=${say('chat.closed-about')}>
      ${button({ text: say('chat.to-rooms'), kind: 'primary', onclick: () => go('/chat') })}
    </m-empty>`;
  }

  #enter() {
    this.#leave();
    this.answering = null;
    this.joinError = '';
    this.log = new RoomLog(this.room);
    this.log.open(this.at).then(() => this.#listen());
    const redraw = () => this.requestUpdate();
    this.#end = this.log.subscribe(redraw);
  }

  /** Presence and typing redraw the view; what others say is read out. */
  #listen() {
    const { line } = this.log;
    if (!line || !this.isConnected) return;
    const end = new AbortController();
    const quiet = line.people.subscribe(() => this.requestUpdate());
    line.addEventListener('changes', ({ detail }) => this.#readOut(detail), { signal: end.signal });
    const before = this.#end;
    this.#end = () => {
      before();
      quiet();
      end.abort();
    };
  }

  #readOut({ messages, since }) {
    const me = session.value.user?.id;
    messages
      .filter((message) => message.seq > since && message.author?.id !== me)
      .forEach((message) => announce(message.author ? `${message.author.nickname}: ${preview(message)}` : preview(message)));
  }

  #leave() {
    this.#end();
    this.log?.close();
  }

  #retry(error) {
    if (error.status === 404) go('/chat');
    else this.log.open(this.at);
  }

  async #joins(room) {
    this.joinError = '';
    try {
      this.log.merge({ room: await join(room.id) });
    } catch (error) {
      this.joinError = error.message;
    }
  }

  #jump = ({ detail: seq }) => {
    go(`/chat/${this.room}?at=${seq}`, { replace: true });
    this.log.around(seq);
  };

  #reply = ({ detail: message }) => (this.answering = { kind: 'reply', message });

  #edit = ({ detail: message }) => (this.answering = { kind: 'edit', message });

  #editLast = () => {
    const me = session.value.user?.id;
    const mine = this.log.value.items.findLast(({ author, kind, deleted_at }) => author?.id === me && kind === 'text' && !deleted_at);
    if (mine) this.answering = { kind: 'edit', message: mine };
  };

  #askRemove = ({ detail: message }) => (this.removing = message);

  #closePanel = () => {
    this.panel = false;
    this.$('chat-room-head').focusPanelButton();
  };

  #panelKey = (press) => press.key === 'Escape' && !press.defaultPrevented && this.#closePanel();
}

define('chat-room-view', RoomView);
