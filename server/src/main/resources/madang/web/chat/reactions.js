import { css, html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { number, say } from '../kit/texts.js';
import { session } from '../identity/session.js';
import { personOf } from './people.js';

const NAMED = 10;

/** What people felt about a message, each emoji with its number; a press joins them or takes mine back. */
class Reactions extends Element {
  static properties = { message: { attribute: false } };

  static styles = [
    buttons,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-1);
        margin-block: var(--space-1);
      }
      button {
        min-block-size: 1.9em;
        padding: 0 var(--space-2);
        border-radius: var(--pill);
        font-weight: normal;
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
        gap: var(--space-1);
      }
      @media (pointer: coarse) {
        button:not(.link) {
          position: relative;
          min-block-size: var(--space-6);
          padding: 0 var(--space-3);
        }
        button::after {
          content: '';
          position: absolute;
          inset: calc(-1 * var(--space-2)) calc(-1 * var(--hairline));
        }
      }
      button[aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent);
        font-weight: var(--bold);
      }
    `,
  ];

  render() {
    const { reactions } = this.message;
    return html`${repeat(reactions, ({ emoji }) => emoji, (reaction) => this.#chip(reaction))}`;
  }

  #chip({ emoji, count, users }) {
    const on = users.includes(session.value.user?.id);
    const names = users.slice(0, NAMED).map((id) => personOf(id)?.nickname).filter(Boolean);
    const who = names.length < count ? say('chat.names-and-more', { names: names.join(', '), count: count - names.length }) : names.join(', ');
    return html`<button
      type="button"
      aria-pressed=${on}
      aria-label=${say('chat.reaction', { emoji, count })}
      title=${names.length ? who : ''}
      @click=${() => this.tell('react', { message: this.message, emoji, on: !on })}
    >
      <span>${emoji}</span><span>${number(count)}</span>
    </button>`;
  }
}

define('chat-reactions', Reactions);
