import { css, html, nothing } from 'lit';
import { buttons } from '../kit/button.js';
import { dayOf, plusDays, plusMonths, today, noonOf, weekdayOf, weeksOf } from '../kit/days.js';
import { define, Element } from '../kit/element.js';
import { number, say } from '../kit/texts.js';
import { day, month, shortClock, weekday } from '../kit/time.js';
import { touches } from '../kit/when.js';

const SHOWN = 3;

/** Where each key leads from a day. */
const STEPS = {
  ArrowLeft: (from) => plusDays(from, -1),
  ArrowRight: (from) => plusDays(from, 1),
  ArrowUp: (from) => plusDays(from, -7),
  ArrowDown: (from) => plusDays(from, 7),
  Home: (from) => plusDays(from, -weekdayOf(from)),
  End: (from) => plusDays(from, 6 - weekdayOf(from)),
  PageUp: (from) => plusMonths(from, -1),
  PageDown: (from) => plusMonths(from, 1),
};

/** The month around a day, with what it holds; tells `choose` a day. On a narrow screen an event is a dot. */
class Month extends Element {
  static properties = { day: {}, events: { attribute: false }, elsewhere: { attribute: false } };

  static styles = [
    buttons,
    css`
      table {
        inline-size: 100%;
        border-collapse: collapse;
        table-layout: fixed;
      }
      th {
        padding-block: var(--space-2);
        color: var(--muted);
        font-size: var(--text-small);
        font-weight: normal;
      }
      td {
        block-size: calc(var(--bar) * 1.9);
        padding: 0;
        border: var(--hairline) solid var(--line);
        background: var(--surface);
        vertical-align: top;
      }
      td.other {
        background: var(--sunken);
      }
      td.chosen {
        background: var(--accent-soft);
      }
      .other button,
      .sunday button {
        color: var(--muted);
      }
      .sunday:not(.other) button {
        color: var(--danger);
      }
      td button {
        min-block-size: var(--control);
        min-inline-size: var(--control);
        padding: 0 var(--space-2);
        border-color: transparent;
        border-radius: var(--pill);
        background: none;
        font-size: var(--text-small);
      }
      td.today button {
        background: var(--accent);
        color: var(--on-accent);
      }
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--hairline);
        padding: 0 var(--space-1) var(--space-1);
      }
      li > * {
        display: block;
        overflow: hidden;
        padding-inline: var(--space-1);
        border-inline-start: var(--focus) solid var(--accent);
        border-radius: var(--focus);
        background: var(--accent-soft);
        color: var(--ink);
        font-size: var(--text-tiny);
        text-decoration: none;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .elsewhere {
        border-color: var(--line);
        border-inline-start-style: dotted;
        background: none;
        color: var(--muted);
      }
      a:hover {
        background: var(--sunken);
      }
      a.PROPOSED {
        border-color: var(--warm);
        border-inline-start-style: dashed;
        background: var(--warm-soft);
      }
      a.DONE,
      a.CANCELED {
        border-color: var(--line);
        background: none;
        color: var(--muted);
      }
      a.CANCELED {
        text-decoration: line-through;
      }
      .rest {
        padding-inline: var(--space-2);
        color: var(--muted);
        font-size: var(--text-tiny);
      }
      .dots {
        display: none;
      }
      @media (max-width: 959px) {
        td {
          block-size: auto;
          text-align: center;
        }
        td button {
          inline-size: min(100%, var(--touch));
          min-inline-size: 0;
          padding: 0;
        }
        ul,
        .rest {
          display: none;
        }
        .dots {
          display: flex;
          justify-content: center;
          gap: var(--focus);
          min-block-size: var(--dot);
          padding-block-end: var(--space-1);
        }
        .dots span {
          inline-size: calc(var(--dot) * 0.75);
          block-size: calc(var(--dot) * 0.75);
          border-radius: var(--pill);
          background: var(--accent);
        }
        .dots .PROPOSED {
          border: var(--hairline) solid var(--warm);
          background: none;
        }
        .dots .DONE,
        .dots .CANCELED,
        .dots .elsewhere {
          background: var(--line);
        }
      }
    `,
  ];

  render() {
    const weeks = weeksOf(this.day);
    return html`<table role="grid" aria-label=${month(noonOf(this.day))} @keydown=${this.#step}>
      <thead>
        <tr>
          ${weeks[0].map((one) => html`<th scope="col" abbr=${day(noonOf(one), { year: undefined, month: undefined, day: undefined })}>${weekday(noonOf(one))}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${weeks.map((week) => html`<tr>${week.map((one) => this.#cell(one))}</tr>`)}
      </tbody>
    </table>`;
  }

  #cell(one) {
    const events = [...this.events, ...this.elsewhere].filter((event) => touches(event, one));
    const isChosen = one === this.day;
    const marks = [
      one.slice(0, 7) !== this.day.slice(0, 7) && 'other',
      isChosen && 'chosen',
      one === today() && 'today',
      weekdayOf(one) === 0 && 'sunday',
    ];
    return html`<td class=${marks.filter(Boolean).join(' ')} aria-selected=${isChosen}>
      <button
        type="button"
        tabindex=${isChosen ? 0 : -1}
        aria-label=${[day(noonOf(one), { year: undefined }), events.length && say('events.count', { count: events.length })].filter(Boolean).join(', ')}
        aria-current=${one === today() ? 'date' : nothing}
        @click=${() => this.tell('choose', one)}
      >
        ${number(Number(one.slice(8)))}
      </button>
      ${events.length
        ? html`<ul>
              ${events.slice(0, SHOWN).map((event) => html`<li>${chip(event, one)}</li>`)}
            </ul>
            ${events.length > SHOWN ? html`<span class="rest">${say('events.more', { count: events.length - SHOWN })}</span>` : nothing}
            <div class="dots" aria-hidden="true">${events.slice(0, SHOWN).map(({ status }) => html`<span class=${status ?? 'elsewhere'}></span>`)}</div>`
        : nothing}
    </td>`;
  }

  #step = (press) => {
    const step = STEPS[press.key];
    if (!step || press.ctrlKey || press.metaKey || press.altKey || press.target.localName !== 'button') return;
    press.preventDefault();
    this.isStepping = true;
    this.tell('choose', step(this.day));
  };

  /** The focus goes along with the keys. */
  updated(changes) {
    if (changes.has('day') && this.isStepping) this.$('td.chosen button').focus();
    this.isStepping = false;
  }
}

/** The hour stands on the day on which it begins. */
function chip({ id, title, summary, status, start_time: start, all_day: isAllDay }, day) {
  const hour = isAllDay ? '' : dayOf(start) === day ? shortClock(start) : '…';
  if (!status) return html`<span class="elsewhere" title=${summary}>${hour} ${summary}</span>`;
  return html`<a class=${status} href="/events/${id}" tabindex="-1" title=${title}>${hour} ${title}</a>`;
}

define('events-month', Month);
