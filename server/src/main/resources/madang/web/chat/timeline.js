import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { arrows } from '../kit/arrows.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { day, dayName, exact } from '../kit/time.js';
import { session } from '../identity/session.js';
import { may } from './may.js';
import { noticeText } from './notices.js';
import { bottom, firstBelow } from './places.js';
import { read } from './rooms.js';
import { readersOf, rows } from './rows.js';
import '../kit/empty.js';
import '../kit/skeleton.js';
import './announcement.js';
import './message.js';
import './thread-row.js';

const NEAR_END_PX = 60;

/** So many heights of the view before a reader comes to an end of what is here, more is asked for. */
const AHEAD = 2;

/** What is nearer than so many heights is kept, or giving up one end would ask for the other for ever. */
const KEPT = 3;

/**
 * What was said, oldest above. The place that the reader looks at stays where it is, whatever comes
 * above or below: the end while they are at the end, else the first message in sight.
 */
class Timeline extends Element {
  static properties = { log: { attribute: false }, state: { attribute: false }, away: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        position: relative;
        min-block-size: 0;
      }
      .scroll {
        block-size: 100%;
        overflow: auto;
        overflow-anchor: none;
        overscroll-behavior: contain;
      }
      .content {
        display: flow-root;
        min-block-size: 100%;
        padding-block: var(--space-4) var(--space-2);
      }
      li:focus-visible {
        outline-offset: calc(-1 * var(--focus));
        border-radius: var(--radius);
      }
      .line {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        padding: var(--space-3) var(--space-4);
        color: var(--muted);
        font-size: var(--text-small);
      }
      .line::before,
      .line::after {
        content: '';
        flex: 1;
        border-block-start: var(--hairline) solid var(--line);
      }
      .unread {
        color: var(--warm);
      }
      .unread::before,
      .unread::after {
        border-color: currentColor;
        opacity: 0.5;
      }
      .notice {
        padding: var(--space-1) var(--space-4);
        color: var(--muted);
        font-size: var(--text-small);
        text-align: center;
      }
      .down {
        position: absolute;
        inset-block-end: var(--space-2);
        inset-inline: 0;
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      .down button {
        border-radius: var(--pill);
        box-shadow: var(--shadow);
        pointer-events: auto;
      }
    `,
  ];

  #atEnd = true;
  #goal = 'unread';
  #anchor = null;
  #top = 0;
  #settled = true;
  #ends;
  #sizes = new ResizeObserver(() => this.#settle());

  connectedCallback() {
    super.connectedCallback();
    addEventListener('focus', this.#read);
    document.addEventListener('visibilitychange', this.#read);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('focus', this.#read);
    document.removeEventListener('visibilitychange', this.#read);
    this.#ends?.disconnect();
    this.#sizes.disconnect();
  }

  willUpdate(changes) {
    const before = changes.get('state');
    if (this.hasUpdated && this.#settled) this.#look(this.$('.scroll'), before ?? this.state);
    this.#settled = false;
    if (changes.has('log')) this.#goal = 'unread';
    if (before && this.state.target && before.target !== this.state.target) this.#goal = this.state.target.seq;
    if (this.state.pending.length > (before?.pending.length ?? Infinity)) this.#atEnd = true;
  }

  render() {
    const { status, items, pending } = this.state;
    const empty = status === 'ready' && items.length + pending.length === 0;
    return html`<div class="scroll" @scroll=${this.#scrolled}>
        <div class="content">
          <div class="older"></div>
          ${status === 'loading' && items.length === 0 ? html`<m-skeleton rows="6"></m-skeleton>` : nothing}
          ${empty ? html`<m-empty icon="chat-square-text" heading=${say('chat.nothing-said')} text=${say('chat.nothing-said-about')}></m-empty>` : this.#list()}
          <div class="newer"></div>
        </div>
      </div>
      ${this.away || this.state.hasNewer
        ? html`<div class="down">${button({ text: say('chat.to-newest'), icon: 'arrow-down', onclick: () => this.toNewest() })}</div>`
        : nothing}`;
  }

  #list() {
    const { unreadAfter, markers, hasOlder, hasNewer } = this.state;
    const all = rows(this.log.messages(), { unreadAfter, hasOlder, me: session.value.user?.id, keyOf: this.log.keyOf, thread: this.log.thread });
    const last = all.findLast(({ kind }) => kind === 'message');
    const readers = readersOf(all, markers, hasNewer);
    return html`<ol aria-label=${say(this.log.thread ? 'chat.thread' : 'chat.messages')} @keydown=${this.#pressed}>
      ${repeat(all, ({ key }) => key, (row) => this.#row(row, row === last, readers.get(row.key)))}
    </ol>`;
  }

  #row(row, isLast, readers) {
    if (row.kind === 'day') return html`<li class="line"><time datetime=${row.time} title=${day(row.time)}>${dayName(row.time)}</time></li>`;
    if (row.kind === 'unread') return html`<li class="line unread" data-goal="unread">${say('chat.unread-from-here')}</li>`;
    if (row.kind === 'replies') return html`<li class="line">${say('chat.replies', { count: row.count })}</li>`;
    if (row.kind === 'thread') return html`<li><chat-thread-row .root=${row.root} .replies=${row.replies} .about=${this.#rootOf(row.root)}></chat-thread-row></li>`;
    const { message } = row;
    return html`<li data-key=${row.key} data-goal=${message.seq} tabindex=${isLast ? 0 : -1} @focusin=${this.#focused} @focusout=${this.#focused}>
      ${this.#said(row, readers)}
    </li>`;
  }

  #said({ message, key, headless }, readers) {
    if (message.kind === 'notice') return html`<p class="notice" title=${exact(message.created_at)}>${noticeText(message)}</p>`;
    if (message.kind === 'system') return html`<chat-announcement .message=${message}></chat-announcement>`;
    return html`<chat-message
      .message=${message}
      .headless=${headless}
      .threaded=${Boolean(this.log.thread)}
      .readers=${readers}
      .targeted=${this.state.target?.seq === message.seq}
      @resend=${() => this.log.resend(key)}
      @discard=${() => this.log.discard(key)}
    ></chat-message>`;
  }

  #rootOf(id) {
    return this.state.items.find((message) => message.id === id) ?? null;
  }

  firstUpdated() {
    this.#sizes.observe(this.$('.scroll'));
    this.#sizes.observe(this.$('.content'));
    this.#ends = new IntersectionObserver((seen) => seen.forEach((end) => end.isIntersecting && this.#lengthen(end.target)), { root: this.$('.scroll'), rootMargin: `${100 * AHEAD}% 0%` });
  }

  updated() {
    requestAnimationFrame(() => this.#settle());
    this.#ends.disconnect();
    if (this.state.status !== 'ready' || this.#goal) return;
    if (this.state.hasOlder) this.#ends.observe(this.$('.older'));
    if (this.state.hasNewer) this.#ends.observe(this.$('.newer'));
    this.#read();
  }

  async toNewest() {
    if (this.state.hasNewer) await this.log.newest();
    this.#atEnd = true;
    await this.updateComplete;
    this.#settle();
  }

  /**
   * Back to where the reader was: after every change of what is here or of its size, and before anything of
   * that is painted.
   */
  #settle() {
    const box = this.$('.scroll');
    this.#settled = true;
    if (this.#goal && this.state.status === 'ready') return this.#reach(box);
    const scrolled = this.#scrolledSince(box);
    if (this.#atEnd && scrolled >= 0 && !this.state.hasNewer) box.scrollTop = box.scrollHeight;
    else if (this.#anchor?.row.isConnected) box.scrollTop += bottom(this.#anchor.row) - this.#anchor.bottom + scrolled;
    this.#look(box);
  }

  /** How far the reader has gone since the last look; what shrank above the lower end took him along, which does not count. */
  #scrolledSince(box) {
    const scrolled = box.scrollTop - this.#top;
    const isPushed = scrolled < 0 && box.scrollHeight - box.scrollTop - box.clientHeight < 1;
    return isPushed ? 0 : scrolled;
  }

  #reach(box) {
    const row = this.$(`[data-goal="${this.#goal}"]`);
    this.#goal = null;
    this.#atEnd = !row;
    if (row) row.scrollIntoView({ block: 'center' });
    else box.scrollTop = box.scrollHeight;
    this.#look(box);
    this.requestUpdate();
  }

  /** What has just come in is put in its place first, or the place that the reader had would be lost. */
  #scrolled = ({ currentTarget: box }) => {
    if (this.#settled) this.#look(box);
    else this.#settle();
    this.#read();
  };

  /** Takes note of what the reader sees. Only going up leaves the end: what grows below does not. */
  #look(box, { hasNewer } = this.state) {
    const nearEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    this.#atEnd = !hasNewer && (nearEnd || (this.#atEnd && box.scrollTop >= this.#top));
    this.#top = box.scrollTop;
    this.away = !this.#atEnd;
    const row = this.#firstBelow(box.getBoundingClientRect().top);
    this.#anchor = row ? { row, bottom: bottom(row) } : null;
  }

  #lengthen(end) {
    const { top: upper, bottom: lower, height } = this.$('.scroll').getBoundingClientRect();
    if (end.className === 'older') this.log.older(Number(this.#firstBelow(lower + KEPT * height)?.dataset.goal ?? Infinity));
    else this.log.newer(Number(this.#firstBelow(upper - KEPT * height)?.dataset.goal ?? 0));
  }

  #firstBelow(edge) {
    return firstBelow(this.renderRoot.querySelectorAll('li[data-key]'), edge);
  }

  /** Read is what stood on a page that somebody looked at. */
  #read = () => {
    const newest = this.state.items.at(-1);
    if (!this.log.thread && newest && this.#atEnd && !this.state.hasNewer && !this.#goal && document.hasFocus() && !document.hidden) read(newest.room, newest.seq);
  };

  #focused = ({ type, currentTarget: row, relatedTarget: other }) => {
    const message = row.querySelector('chat-message');
    if (message) message.focused = type === 'focusin' || row.contains(other);
  };

  #pressed = (press) => {
    const row = press.composedPath().find((node) => node.dataset?.key);
    const message = row && this.log.messages().find((one) => this.log.keyOf(one) === row.dataset.key);
    const wish = { r: 'reply', e: 'edit', p: 'pin', Delete: 'remove' }[press.key];
    if (wish && message && !press.ctrlKey && !press.metaKey && may(message)[wish]) {
      press.preventDefault();
      this.tell(wish, message);
    } else {
      arrows(press);
    }
  };
}

define('chat-timeline', Timeline);
