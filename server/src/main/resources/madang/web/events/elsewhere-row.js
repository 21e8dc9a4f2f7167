import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { hours } from '../kit/when.js';
import '../kit/icon.js';

/** An event of the reader's other calendar, which is shown here and never kept. */
class ElsewhereRow extends Element {
  static properties = { event: { attribute: false } };

  static styles = css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 var(--space-3);
      padding: var(--space-2) var(--space-4);
      border: var(--hairline) dashed var(--line);
      border-radius: var(--radius);
    }
    p {
      color: var(--muted);
      font-size: var(--text-small);
    }
    a {
      color: inherit;
    }
    m-icon {
      color: var(--muted);
    }
  `;

  render() {
    const { summary, location, all_day: isAllDay, html_link: link } = this.event;
    const title = summary || say('events.untitled');
    return html`<b>${link ? html`<a href=${link} target="_blank" rel="noopener noreferrer">${title}</a>` : title}</b><m-icon name="google"></m-icon>
      <p>${[isAllDay ? say('events.all-day') : hours(this.event), location].filter(Boolean).join(' · ')}<span class="unseen">, ${say('events.google')}</span></p>`;
  }
}

define('events-elsewhere', ElsewhereRow);
