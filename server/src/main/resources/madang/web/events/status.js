import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import '../kit/icon.js';

const ICONS = { PROPOSED: 'question-circle', CONFIRMED: 'check-circle-fill', CANCELED: 'x-circle', DONE: 'flag' };

/** How far an event has come, in a picture and a word. */
class Status extends Element {
  static properties = { status: { reflect: true } };

  static styles = css`
    :host {
      display: inline-flex;
      flex: none;
      align-items: center;
      gap: var(--space-1);
      padding: 0 var(--space-2);
      border-radius: var(--pill);
      background: var(--sunken);
      color: var(--muted);
      font-size: var(--text-small);
      font-weight: var(--bold);
      white-space: nowrap;
    }
    :host([status='PROPOSED']) {
      background: var(--warm-soft);
      color: var(--warm);
    }
    :host([status='CONFIRMED']) {
      background: var(--accent-soft);
      color: var(--accent);
    }
    m-icon {
      inline-size: 1em;
      block-size: 1em;
    }
  `;

  render() {
    return html`<m-icon name=${ICONS[this.status]}></m-icon>${say(`events.status.${this.status}`)}`;
  }
}

define('events-status', Status);
