import { css, html, nothing } from 'lit';
import { button, buttons, iconButton } from '../kit/button.js';
import { momentOf, plusDays, today } from '../kit/days.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { zone } from '../kit/time.js';
import { make } from './polls.js';
import '../kit/dialog.js';

const MINUTE_MILLIS = 60_000;
const LENGTHS = [30, 60, 90, 120, 180];
const USUAL_LENGTH = 60;
const MOST_TIMES = 50;

/** Asks several which of some times suit them. */
class MakePoll extends Element {
  static properties = { times: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      .time {
        display: flex;
        gap: var(--space-2);
        align-items: end;
      }
      .time .field {
        flex: 1;
      }
      form > button {
        justify-self: end;
      }
    `,
  ];

  #form = new Form(this, async ({ title, location, minutes, ...rest }) => {
    const options = this.times
      .map(({ key }) => rest[key])
      .filter(Boolean)
      .map((local) => time(local, Number(minutes)));
    const { code } = await make({ title, location: location || null, options });
    this.$('m-dialog').close();
    go(`/polls/${code}`);
  });

  constructor() {
    super();
    this.times = [1, 2].map((days) => ({ key: `time-${days}`, value: `${plusDays(today(), days)}T19:00` }));
  }

  render() {
    const form = this.#form;
    return html`<m-dialog heading=${say('slots.poll-new')}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({ name: 'title', label: say('slots.poll-title'), maxlength: 200, error: form.error('title'), autofocus: true })}
        ${field({ name: 'location', label: say('slots.location'), maxlength: 200, error: form.error('location') })}
        ${choice({ name: 'minutes', label: say('slots.poll-length'), options: LENGTHS.map((minutes) => [String(minutes), say('slots.minutes', { minutes })]), value: String(USUAL_LENGTH) })}
        ${this.times.map((one, at) => this.#time(one, at))}
        <p class="hint">${say('slots.zone', { zone: zone.value.replaceAll('_', ' ') })}</p>
        ${this.times.length < MOST_TIMES ? button({ text: say('slots.poll-more'), icon: 'plus-lg', onclick: () => this.#more() }) : nothing} ${form.summary('title', 'location')}
        ${button({ text: say('slots.poll-ask'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }

  #time({ key, value }, at) {
    return html`<div class="time">
      ${field({ name: key, type: 'datetime-local', label: say('slots.poll-time', { number: at + 1 }), value })}
      ${this.times.length > 1
        ? iconButton({ icon: 'x-lg', label: say('slots.poll-less', { number: at + 1 }), onclick: () => (this.times = this.times.filter((one) => one.key !== key)) })
        : nothing}
    </div>`;
  }

  /** A day after the last one that stands there. */
  #more() {
    const last = this.$('.time:last-of-type input')?.value || `${today()}T19:00`;
    const key = `time-${Math.max(...this.times.map((one) => Number(one.key.slice(5)))) + 1}`;
    this.times = [...this.times, { key, value: `${plusDays(last.slice(0, 10), 1)}${last.slice(10)}` }];
  }
}

function time(local, minutes) {
  const start = momentOf(local);
  return { start_time: start.toISOString(), end_time: new Date(start.getTime() + minutes * MINUTE_MILLIS).toISOString() };
}

define('slots-make-poll', MakePoll);
