import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { when } from '../kit/when.js';
import { isForMe, priceOf, stateOf } from './words.js';
import '../kit/chip.js';

/** One slot in a list: when, what, by whom, for how much, and whether it is still to be had. */
class SlotRow extends Element {
  static properties = { slot: { attribute: false } };

  static styles = css`
    :host {
      padding-block-end: var(--space-2);
    }
    a {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--space-1) var(--space-3);
      align-items: center;
      padding: var(--space-3) var(--space-4);
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
      overflow: hidden;
      text-overflow: ellipsis;
    }
    span {
      grid-column: 1 / -1;
      color: var(--muted);
      font-size: var(--text-small);
    }
  `;

  render() {
    const { slot } = this;
    const detail = [slot.host?.nickname, slot.region, priceOf(slot)].filter(Boolean).join(' · ');
    return html`<a href="/slots/${slot.id}">
      <b>${slot.title}</b><m-chip ?quiet=${!isForMe(slot)} text=${stateOf(slot)}></m-chip>
      <span>${when(slot)}</span><span>${detail}</span>
    </a>`;
  }
}

define('slots-row', SlotRow);
