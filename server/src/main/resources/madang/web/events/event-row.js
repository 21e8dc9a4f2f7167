import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { hours, when } from '../kit/when.js';
import './status.js';

/** One event in a list: when, what, where, and how far it has come. With `dated` its day is named. */
class EventRow extends Element {
  static properties = { event: { attribute: false }, dated: { type: Boolean } };

  static styles = css`
    a {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--space-1) var(--space-3);
      align-items: center;
      min-block-size: var(--bar);
      padding: var(--space-3) var(--space-4);
      border: var(--hairline) solid var(--line);
      border-inline-start: var(--space-1) solid var(--accent);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      text-decoration: none;
    }
    a:hover {
      background: var(--sunken);
    }
    a.PROPOSED {
      border-inline-start-color: var(--warm);
      border-inline-start-style: dashed;
    }
    a.CANCELED,
    a.DONE {
      border-inline-start-color: var(--line);
    }
    .CANCELED b {
      text-decoration: line-through;
    }
    b,
    .detail {
      overflow: hidden;
      text-overflow: ellipsis;
    }
    .detail {
      grid-column: 1;
      color: var(--muted);
      font-size: var(--text-small);
    }
    .unread {
      justify-self: end;
      color: var(--warm);
      font-size: var(--text-small);
      font-weight: var(--bold);
    }
  `;

  render() {
    const { id, title, location, status, my_status: mine, unread_messages: unread } = this.event;
    const detail = [this.dated ? when(this.event) : hours(this.event), location, mine && mine !== 'CREATOR' && say(`events.mine.${mine}`)].filter(Boolean).join(' · ');
    return html`<a class=${status} href="/events/${id}">
      <b>${title}</b><events-status status=${status}></events-status>
      <span class="detail">${detail}</span>
      ${unread ? html`<span class="unread">${say('events.unread', { count: unread })}</span>` : nothing}
    </a>`;
  }
}

define('events-row', EventRow);
