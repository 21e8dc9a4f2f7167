import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago, exact } from '../kit/time.js';
import '../kit/chip.js';

/** One poll in the list of who asks. */
class PollRow extends Element {
  static properties = { poll: { attribute: false } };

  static styles = css`
    a {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      min-block-size: var(--bar);
      margin-block-end: var(--space-2);
      padding-inline: var(--space-4);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      text-decoration: none;
    }
    a:hover {
      background: var(--sunken);
    }
    b {
      flex: 1;
      min-inline-size: 0;
    }
  `;

  render() {
    const { code, title, is_closed: isClosed, created_at: made } = this.poll;
    return html`<a href="/polls/${code}">
      <b>${title}</b><m-chip ?quiet=${isClosed} text=${say(isClosed ? 'slots.poll-settled' : 'slots.poll-open')}></m-chip>
      <span class="muted small" title=${exact(made)}>${ago(made)}</span>
    </a>`;
  }
}

define('slots-poll-row', PollRow);
