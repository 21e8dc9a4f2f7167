import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { clock, exact, shortClock } from '../kit/time.js';
import { messageText } from './message-text.js';
import { met } from './people.js';
import '../kit/avatar.js';
import './file.js';
import './message-tools.js';
import './preview-card.js';
import './quote.js';
import './reactions.js';
import './readers.js';

/**
 * One message: who, when and what; while it is pointed at or has the focus also what can be done with
 * it, so that hundreds of messages are not thousands of buttons.
 */
class Message extends Element {
  static properties = {
    message: { attribute: false },
    headless: { attribute: false },
    targeted: { attribute: false },
    threaded: { attribute: false },
    readers: { attribute: false },
    pointed: { state: true },
    focused: { state: true },
    held: { state: true },
  };

  static styles = [
    buttons,
    css`
      article {
        position: relative;
        display: grid;
        grid-template-columns: var(--control) minmax(0, 1fr);
        column-gap: var(--space-3);
        padding: var(--space-1) var(--space-4);
      }
      .headed {
        margin-block-start: var(--space-2);
      }
      article:hover,
      .focused {
        background: var(--sunken);
      }
      .targeted,
      .targeted:hover {
        background: var(--accent-soft);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: var(--space-2);
        line-height: 1.3;
      }
      button.face,
      button.name {
        min-block-size: 0;
        padding: 0;
        border: 0;
        border-radius: var(--pill);
        background: none;
      }
      button.face {
        align-self: start;
        margin-block-start: var(--space-1);
      }
      button.name {
        border-radius: var(--radius-small);
      }
      button.name:hover {
        background: none;
        text-decoration: underline;
        text-underline-offset: 0.2em;
      }
      time {
        color: var(--muted);
        font-size: var(--text-tiny);
        font-variant-numeric: tabular-nums;
      }
      .gutter {
        padding-block-start: 0.25em;
        text-align: end;
        white-space: nowrap;
        opacity: 0;
        font-size: calc(var(--text-tiny) * 0.85);
      }
      article:hover .gutter,
      .focused .gutter {
        opacity: 1;
      }
      .text {
        white-space: pre-wrap;
      }
      .mention {
        padding: 0 0.2em;
        border-radius: var(--radius-small);
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: var(--bold);
      }
      .mention.me {
        background: var(--warm-soft);
        color: var(--warm);
      }
      .gone,
      .locked,
      .sending .text {
        color: var(--muted);
      }
      .locked m-icon,
      .pinned m-icon {
        inline-size: 1em;
        block-size: 1em;
        vertical-align: -0.1em;
      }
      .pinned {
        color: var(--accent);
        font-size: var(--text-tiny);
      }
      .failed .text {
        color: var(--danger);
      }
      .refused {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-1) var(--space-3);
        color: var(--danger);
        font-size: var(--text-small);
      }
      .thread {
        margin-block-start: var(--space-1);
        font-size: var(--text-small);
        text-decoration: none;
      }
      .thread:hover {
        text-decoration: underline;
      }
      chat-message-tools {
        position: absolute;
        z-index: 1;
        inset-block-start: calc(-1 * var(--space-3));
        inset-inline-end: var(--space-4);
      }
    `,
  ];

  constructor() {
    super();
    this.watch(met);
    this.addEventListener('pointerenter', () => (this.pointed = true));
    this.addEventListener('pointerleave', () => (this.pointed = false));
    this.addEventListener('opened', () => (this.held = true));
    this.addEventListener('closed', () => (this.held = false));
  }

  render() {
    const { message, headless } = this;
    const dress = [headless ? '' : 'headed', message.state ?? '', this.targeted ? 'targeted' : '', this.focused ? 'focused' : ''].join(' ');
    return html`<article class=${dress} aria-busy=${message.state === 'sending' ? 'true' : nothing}>
      ${headless ? html`<time class="gutter" datetime=${message.created_at} title=${exact(message.created_at)}>${shortClock(message.created_at)}</time>` : this.#face(message)}
      <div>
        ${headless ? nothing : this.#head(message)} ${headless && message.pinned_at ? this.#pinned() : nothing}
        ${message.reply_to ? html`<chat-quote .quoted=${message.reply_to}></chat-quote>` : nothing}
        ${this.#body(message)} ${message.state === 'failed' ? this.#refused(message) : nothing}
        ${message.reactions?.length ? html`<chat-reactions .message=${message}></chat-reactions>` : nothing}
        ${message.replies > 0 && !this.threaded ? this.#replies(message) : nothing}
        ${this.readers?.length ? html`<chat-readers .ids=${this.readers}></chat-readers>` : nothing}
      </div>
      ${this.pointed || this.focused || this.held ? html`<chat-message-tools .message=${message} .threaded=${this.threaded}></chat-message-tools>` : nothing}
    </article>`;
  }

  #face({ author }) {
    if (!author) return html`<m-avatar></m-avatar>`;
    return html`<button class="face" type="button" tabindex="-1" aria-hidden="true" @click=${() => this.tell('person', author)}><m-avatar .person=${author}></m-avatar></button>`;
  }

  #head({ author, created_at: time, pinned_at: pinned }) {
    return html`<header>
      ${author ? html`<button class="name" type="button" @click=${() => this.tell('person', author)}>${author.nickname}</button>` : html`<b>${say('chat.somebody')}</b>`}
      <time datetime=${time} title=${exact(time)}>${clock(time)}</time>
      ${pinned ? this.#pinned() : nothing}
    </header>`;
  }

  #pinned() {
    return html`<span class="pinned"><m-icon name="pin-angle-fill"></m-icon> ${say('chat.pinned')}</span>`;
  }

  #body(message) {
    const { text, deleted_at: deleted, edited_at: edited, encrypted_keys: keys, file, preview } = message;
    if (deleted) return html`<p class="gone">${say('chat.deleted')}</p>`;
    if (keys) return html`<p class="locked"><m-icon name="lock"></m-icon> ${say('chat.locked-about')}</p>`;
    const mark = edited ? html` <span class="muted small" title=${exact(edited)}>${say('chat.edited')}</span>` : nothing;
    return html`${file ? html`<chat-file .message=${message}></chat-file>` : nothing}
      ${text || !file ? html`<p class="text">${messageText(message)}${mark}</p>` : nothing}
      ${preview ? html`<chat-preview-card .preview=${preview}></chat-preview-card>` : nothing}`;
  }

  #refused({ error }) {
    return html`<div class="refused" role="alert">
      <span>${error || say('chat.not-sent')}</span>
      ${button({ text: say('chat.send-again'), kind: 'link', onclick: () => this.tell('resend') })}
      ${button({ text: say('chat.discard'), kind: 'link', onclick: () => this.tell('discard') })}
    </div>`;
  }

  #replies({ id, replies: count }) {
    return button({ text: say('chat.replies', { count }), icon: 'chat-left-text', kind: 'link thread', onclick: () => this.tell('thread', id) });
  }
}

define('chat-message', Message);
