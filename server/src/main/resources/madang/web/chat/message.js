import { css, html, nothing } from 'lit';
import { button, buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { clock, exact, shortClock } from '../kit/time.js';
import { may } from './may.js';
import { messageText } from './message-text.js';
import '../kit/avatar.js';
import './quote.js';

/**
 * One message: who, when and what; while it is pointed at or has the focus also what can be done with
 * it, so that hundreds of messages are not thousands of buttons.
 */
class Message extends Element {
  static properties = {
    message: { attribute: false },
    headless: { attribute: false },
    targeted: { attribute: false },
    pointed: { state: true },
    focused: { state: true },
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
      .targeted {
        background: var(--accent-soft);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: var(--space-2);
        line-height: 1.3;
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
      .gone,
      .sending .text {
        color: var(--muted);
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
      .tools {
        position: absolute;
        inset-block-start: calc(-1 * var(--space-3));
        inset-inline-end: var(--space-4);
        display: flex;
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .tools button {
        min-block-size: var(--space-6);
        inline-size: var(--space-6);
      }
    `,
  ];

  constructor() {
    super();
    this.addEventListener('pointerenter', () => (this.pointed = true));
    this.addEventListener('pointerleave', () => (this.pointed = false));
  }

  render() {
    const { message, headless } = this;
    const dress = [headless ? '' : 'headed', message.state ?? '', this.targeted ? 'targeted' : '', this.focused ? 'focused' : ''].join(' ');
    return html`<article class=${dress} aria-busy=${message.state === 'sending' ? 'true' : nothing}>
      ${headless ? html`<time class="gutter" datetime=${message.created_at} title=${exact(message.created_at)}>${shortClock(message.created_at)}</time>` : html`<m-avatar .person=${message.author}></m-avatar>`}
      <div>
        ${headless ? nothing : this.#head(message)}
        ${message.reply_to ? html`<chat-quote .quoted=${message.reply_to}></chat-quote>` : nothing}
        ${this.#body(message)} ${message.state === 'failed' ? this.#refused(message) : nothing}
      </div>
      ${this.pointed || this.focused ? this.#tools() : nothing}
    </article>`;
  }

  #head({ author, created_at: time }) {
    return html`<header>
      <b>${author?.nickname ?? say('chat.somebody')}</b>
      <time datetime=${time} title=${exact(time)}>${clock(time)}</time>
    </header>`;
  }

  #body({ text, deleted_at: deleted, edited_at: edited }) {
    if (deleted) return html`<p class="gone">${say('chat.deleted')}</p>`;
    const mark = edited ? html` <span class="muted small" title=${exact(edited)}>${say('chat.edited')}</span>` : nothing;
    return html`<p class="text">${messageText(text ?? '')}${mark}</p>`;
  }

  #refused({ error }) {
    return html`<div class="refused" role="alert">
      <span>${error || say('chat.not-sent')}</span>
      ${button({ text: say('chat.send-again'), kind: 'link', onclick: () => this.tell('resend') })}
      ${button({ text: say('chat.discard'), kind: 'link', onclick: () => this.tell('discard') })}
    </div>`;
  }

  #tools() {
    const { reply, edit, remove } = may(this.message);
    if (!reply && !edit && !remove) return nothing;
    return html`<div class="tools" role="toolbar" aria-label=${say('chat.message-tools')}>
      ${reply ? iconButton({ icon: 'reply', label: say('chat.reply'), onclick: () => this.tell('reply', this.message) }) : nothing}
      ${edit ? iconButton({ icon: 'pencil', label: say('chat.edit'), onclick: () => this.tell('edit', this.message) }) : nothing}
      ${remove ? iconButton({ icon: 'trash3', label: say('chat.delete'), onclick: () => this.tell('remove', this.message) }) : nothing}
    </div>`;
  }
}

define('chat-message', Message);
