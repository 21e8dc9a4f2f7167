import { css, html, nothing } from 'lit';
import { announce } from '../kit/announce.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { session } from '../identity/session.js';
import { pin, react } from './deeds.js';
import { preview } from './notices.js';
import { RoomLog } from './room-log.js';
import { roomStyles } from './room-styles.js';
import { isMember, nameOf, roomOf, rooms } from './rooms.js';
import '../kit/confirm.js';
import '../kit/empty.js';
import '../kit/error.js';
import '../kit/skeleton.js';
import './composer.js';
import './join.js';
import './room-head.js';
import './timeline.js';
import './typing.js';

const panels = {
  about: { load: () => import('./room-panel.js'), view: ({ room, log }) => html`<chat-room-panel .room=${room} .line=${log.line} .online=${log.people.online}></chat-room-panel>` },
  search: { load: () => import('./search-panel.js'), view: ({ room }) => html`<chat-search-panel .room=${room}></chat-search-panel>` },
  pins: { load: () => import('./pins.js'), view: ({ room }) => html`<chat-pins .room=${room}></chat-pins>` },
  thread: { load: () => import('./thread.js'), view: ({ room, thread, at }) => html`<chat-thread .room=${room} .root=${thread} .at=${at}></chat-thread>` },
};

/**
 * One room: its head, what was said, and where to say something; beside it perhaps one panel. On a page
 * of something else it stands `bare`, without a head, and its addresses are that page's: `path`; it goes
 * by the `name` of that thing. Tells
 * `heard` what is said while it is open, and `closed` when it is shut to the reader.
 */
class RoomView extends Element {
  static properties = {
    room: {},
    path: {},
    name: {},
    bare: { type: Boolean },
    at: { type: Number },
    thread: {},
    panel: { state: true },
    answering: { state: true },
    removing: { state: true },
    dragging: { state: true },
  };

  static styles = [buttons, roomStyles];

  #end = () => {};

  constructor() {
    super();
    this.watch(rooms);
  }

  updated() {
    const room = roomOf(this.room) ?? this.log.value.room;
    if (room && !this.bare) heading.set(nameOf(room));
  }

  willUpdate(changes) {
    if (changes.has('room')) this.#enter();
    else if (changes.has('at') && this.at && !this.thread && this.log.value.status === 'ready') this.log.around(this.at);
    if (changes.has('thread')) this.#turnTo(this.thread ? 'thread' : this.panel === 'thread' ? null : this.panel);
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
    return html`<div class="all" @jump=${this.#jump} @reply=${this.#reply} @edit=${this.#edit} @remove=${this.#askRemove} @react=${this.#react} @pin=${this.#pin} @thread=${this.#openThread} @panel=${this.#choose}>
        ${this.#conversation(room)} ${this.panel ? html`<aside class="panel" @close=${this.#closePanel}>${panels[this.panel].view({ room, log: this.log, thread: this.thread, at: this.at })}</aside>` : nothing}
      </div>
      ${this.removing ? this.#removal() : nothing}`;
  }

  get #path() {
    return this.path ?? `/chat/${this.room}`;
  }

  #conversation(room) {
    return html`<div class="conversation ${this.bare ? 'bare' : ''}" @dragover=${this.#dragged} @dragleave=${this.#dragged} @drop=${this.#dropped}>
      ${this.bare ? nothing : html`<chat-room-head .room=${room} .people=${this.log.people} .panel=${this.panel}></chat-room-head>`}
      ${this.log.value.status === 'shut'
        ? html`<m-empty icon="key" heading=${say('chat.shut')} text=${say('chat.join-locked')}></m-empty>`
        : html`<chat-timeline .log=${this.log} .state=${this.log.value}></chat-timeline><chat-typing .ids=${this.log.people.typing}></chat-typing>`}
      ${isMember(room) ? this.#composer(room) : html`<chat-join .room=${room} @joined=${this.#joined}></chat-join>`}
      ${this.dragging ? html`<p class="drop">${say('chat.drop-here')}</p>` : nothing}
    </div>`;
  }

  #composer(room) {
    return html`<chat-composer
      .room=${room}
      .name=${this.name ?? nameOf(room)}
      .answering=${this.answering}
      .log=${this.log}
      @answered=${() => (this.answering = null)}
      @edit-last=${this.#editLast}
    ></chat-composer>`;
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
    this.dragging = false;
    if (this.panel !== 'about') this.panel = null;
    this.log = new RoomLog(this.room);
    this.#end = this.log.subscribe(() => this.requestUpdate());
    this.#open();
  }

  async #open() {
    const { log } = this;
    await log.open(this.thread ? null : this.at);
    if (log === this.log) this.#listen();
  }

  /** Presence and typing redraw the view; what others say is read out. */
  #listen() {
    const { line } = this.log;
    if (!line || !this.isConnected) return;
    const end = new AbortController();
    const quiet = line.people.subscribe(() => this.requestUpdate());
    line.addEventListener('changes', ({ detail }) => this.#heard(detail), { signal: end.signal });
    line.addEventListener('closed', () => this.tell('closed'), { signal: end.signal });
    const before = this.#end;
    this.#end = () => {
      before();
      quiet();
      end.abort();
    };
  }

  #heard(changes) {
    this.tell('heard', changes.messages);
    this.#readOut(changes);
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

  #joined = ({ detail: room }) => {
    const isShut = this.log.value.status === 'shut';
    this.log.merge({ room });
    if (isShut) this.#open();
  };

  #retry(error) {
    if (error.status === 404) go('/chat');
    else this.#open();
  }

  #jump = ({ detail: seq }) => {
    go(`${this.#path}?at=${seq}`, { replace: true });
    this.log.around(seq);
  };

  #reply = ({ detail: message }) => (this.answering = { kind: 'reply', message });

  #edit = ({ detail: message }) => (this.answering = { kind: 'edit', message });

  #editLast = () => {
    const me = session.value.user?.id;
    const mine = this.log.value.items.findLast(({ author, kind, deleted_at, thread }) => author?.id === me && kind === 'text' && !deleted_at && !thread);
    if (mine) this.answering = { kind: 'edit', message: mine };
  };

  #askRemove = ({ detail: message }) => (this.removing = message);

  #react = ({ detail: { message, emoji, on } }) => this.#attempt(() => react(this.room, message.id, emoji, on));

  #pin = ({ detail: message }) => this.#attempt(() => pin(this.room, message.id, !message.pinned_at));

  /** What is refused is said at the side, for there is no place of its own for it. */
  async #attempt(act) {
    try {
      this.log.take(await act());
    } catch (error) {
      toast(error.message || say('kit.unreachable'), 'danger');
    }
  }

  #openThread = ({ detail: root }) => go(`${this.#path}?thread=${root}`);

  #choose = ({ detail: name }) => {
    if (this.panel === 'thread') go(this.#path);
    this.#turnTo(this.panel === name ? null : name);
  };

  async #turnTo(name) {
    await panels[name]?.load();
    this.panel = name;
  }

  #closePanel = () => {
    if (this.panel === 'thread') go(this.#path);
    this.panel = null;
    this.$('chat-room-head')?.focusButton();
  };

  #dragged = (event) => {
    const hasFiles = event.dataTransfer.types.includes('Files');
    if (!hasFiles || !this.$('chat-composer')) return;
    event.preventDefault();
    this.dragging = event.type === 'dragover' || event.currentTarget.contains(event.relatedTarget);
  };

  #dropped = (event) => {
    if (!this.dragging) return;
    event.preventDefault();
    this.dragging = false;
    this.$('chat-composer').take(event.dataTransfer.files);
  };
}

define('chat-room-view', RoomView);
