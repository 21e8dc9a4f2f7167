import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago, minute } from '../kit/time.js';
import { preview } from './notices.js';
import '../kit/avatar.js';
import '../kit/icon.js';

/** Somebody answered in a thread: a line that leads there, so that nothing is said unseen. */
class ThreadRow extends Element {
  static properties = { root: {}, replies: { attribute: false }, about: { attribute: false } };

  static styles = css`
    button {
      display: flex;
      align-items: center;
      gap: var(--space-2);
      inline-size: calc(100% - 2 * var(--space-4));
      min-block-size: var(--control);
      margin-inline: var(--space-4);
      padding: var(--space-1) var(--space-2) var(--space-1) calc(var(--control) + var(--space-3));
      border: 0;
      border-radius: var(--radius-small);
      background: none;
      color: var(--muted);
      font: inherit;
      font-size: var(--text-small);
      text-align: start;
      cursor: pointer;
    }
    button:hover {
      background: var(--sunken);
    }
    m-avatar {
      --avatar-size: calc(var(--space-4) + var(--space-1));
    }
    m-icon {
      inline-size: 1em;
      block-size: 1em;
    }
    .words {
      min-inline-size: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    b {
      color: var(--accent);
    }
    time {
      flex: none;
    }
  `;

  constructor() {
    super();
    this.watch(minute);
  }

  render() {
    const { replies, about } = this;
    const last = replies.at(-1);
    const people = [...new Map(replies.map(({ author }) => [author?.id, author])).values()];
    const names = people.map((author) => author?.nickname ?? say('chat.somebody')).join(', ');
    return html`<button type="button" @click=${() => this.tell('thread', this.root)}>
      <m-icon name="chat-left-text"></m-icon>
      <m-avatar .person=${last.author}></m-avatar>
      <span class="words"><b>${say('chat.answered-in-thread', { names, count: replies.length })}</b> ${about ? html`“${preview(about)}”` : nothing}</span>
      <time datetime=${last.created_at}>${ago(last.created_at, minute.value)}</time>
    </button>`;
  }
}

define('chat-thread-row', ThreadRow);
