import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { RoomLog } from './room-log.js';
import { isMember } from './rooms.js';
import '../kit/error.js';
import '../kit/side.js';
import './composer.js';
import './timeline.js';

/** One message and what was answered to it, with a composer of its own. */
class Thread extends Element {
  static properties = { room: { attribute: false }, root: {}, at: { type: Number }, answering: { state: true } };

  static styles = css`
    m-side {
      inline-size: min(calc(var(--panel) * 1.15), 100vw);
    }
    .talk {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
      block-size: 100%;
    }
    @media (max-width: 599px) {
      m-side {
        inline-size: 100vw;
      }
    }
  `;

  #end = () => {};

  willUpdate(changes) {
    if (changes.has('root')) this.#enter();
    else if (changes.has('at') && this.at && this.log.value.status === 'ready') this.log.around(this.at);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leave();
  }

  render() {
    const { status, error } = this.log.value;
    return html`<m-side heading=${say('chat.thread')} @reply=${this.#reply} @edit=${this.#edit}>
      ${status === 'failed'
        ? html`<m-error .error=${error} @retry=${() => this.log.open(this.at)}></m-error>`
        : html`<div class="talk"><chat-timeline .log=${this.log} .state=${this.log.value}></chat-timeline></div>`}
      ${isMember(this.room) && status === 'ready'
        ? html`<chat-composer slot="foot" .room=${this.room} .log=${this.log} .answering=${this.answering} @answered=${this.#answered}></chat-composer>`
        : nothing}
    </m-side>`;
  }

  #enter() {
    this.#leave();
    this.answering = null;
    this.log = new RoomLog(this.room.id, this.root);
    this.#end = this.log.subscribe(() => this.requestUpdate());
    this.log.open(this.at);
  }

  #leave() {
    this.#end();
    this.log?.close();
  }

  /** What is done to a message here is done in this thread's composer, not in the room's. */
  #reply = (event) => this.#turn(event, 'reply');

  #edit = (event) => this.#turn(event, 'edit');

  #turn(event, kind) {
    event.stopPropagation();
    this.answering = { kind, message: event.detail };
  }

  #answered = (event) => {
    event.stopPropagation();
    this.answering = null;
  };
}

define('chat-thread', Thread);
