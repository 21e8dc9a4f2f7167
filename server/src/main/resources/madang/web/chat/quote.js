import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';

/** What a message answers to; a press goes there. */
class Quote extends Element {
  static properties = { quoted: { attribute: false } };

  static styles = css`
    button {
      display: block;
      max-inline-size: 100%;
      margin-block: var(--space-1);
      padding: var(--space-1) var(--space-3);
      border: 0;
      border-inline-start: var(--focus) solid var(--accent);
      border-radius: var(--radius-small);
      background: var(--sunken);
      color: var(--muted);
      font: inherit;
      font-size: var(--text-small);
      text-align: start;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      cursor: pointer;
    }
    b {
      color: var(--ink);
    }
  `;

  render() {
    const { author, text, seq } = this.quoted;
    return html`<button type="button" title=${say('chat.to-original')} @click=${() => this.tell('jump', seq)}>
      <b>${author?.nickname ?? say('chat.somebody')}</b> ${text ?? say('chat.deleted')}
    </button>`;
  }
}

define('chat-quote', Quote);
