import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { momentOf, noonOf, plusDays, today } from '../kit/days.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields, radios } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { weekday, zone } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { CATEGORIES, publish, publishSeries } from './slots.js';
import '../kit/dialog.js';

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A Monday, from which the names of weekdays are counted. */
const MONDAY = '2026-11-23';
const USUAL_WEEKS = 4;
const NAMES = ['title', 'category', 'region', 'location', 'price', 'capacity', 'buffer_minutes', 'notice_minutes', 'description'];

/** Offers a time, or the hours of some weeks at once. */
class Offer extends Element {
  static properties = { isWeekly: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 12ch), 1fr));
        gap: var(--space-3);
        align-items: start;
      }
      .days {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-4);
      }
      form > button {
        justify-self: end;
      }
    `,
  ];

  #form = new Form(this, async (values, form) => {
    const offer = offerOf(values);
    const { count = 1 } = this.isWeekly ? await publishSeries(seriesOf(offer, values, new FormData(form).getAll('weekday'))) : await publish(slotOf(offer, values));
    toast(say('slots.offered', { count }));
    this.tell('offered');
    this.$('m-dialog').close();
  });

  render() {
    const form = this.#form;
    const text = (name, more = {}) => field({ name, label: say(`slots.${name}`), error: form.error(name) || form.error(`offer.${name}`), ...more });
    return html`<m-dialog heading=${say('slots.offer')}>
      <form novalidate @submit=${form.onsubmit}>
        ${text('title', { maxlength: 200, autofocus: true })}
        <div class="pair">
          ${choice({ name: 'category', label: say('slots.category'), options: CATEGORIES.map((name) => [name, say(`slots.category.${name}`)]), value: 'other' })}
          ${text('region', { maxlength: 100 })}
        </div>
        ${text('location', { maxlength: 200 })}
        <div class="pair">${text('price', { type: 'number', label: say('slots.price-won') })} ${text('capacity', { type: 'number', value: '1' })}</div>
        <div class="pair">${text('buffer_minutes', { type: 'number', value: '0' })} ${text('notice_minutes', { type: 'number', value: '0' })}</div>
        ${radios({
          name: 'how',
          label: say('slots.how'),
          options: ['once', 'weekly'].map((how) => [how, say(`slots.how.${how}`), say(`slots.how.${how}-about`)]),
          value: 'once',
          onchange: ({ target }) => (this.isWeekly = target.value === 'weekly'),
        })}
        ${this.isWeekly ? this.#weeks(text) : this.#once(text)} ${text('description', { tall: true, maxlength: 2000 })}
        ${form.summary(...NAMES, ...NAMES.map((name) => `offer.${name}`), 'start_time', 'end_time', 'hours', 'last_day', 'duration_minutes')}
        ${button({ text: say('slots.offer-do'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }

  #once(text) {
    const tomorrow = plusDays(today(), 1);
    return html`<div class="pair">
      ${text('start_time', { type: 'datetime-local', value: `${tomorrow}T10:00` })} ${text('end_time', { type: 'datetime-local', value: `${tomorrow}T11:00` })}
    </div>`;
  }

  #weeks(text) {
    const first = plusDays(today(), 1);
    return html`<fieldset class="field">
        <legend>${say('slots.weekdays')}</legend>
        <div class="days">
          ${WEEKDAYS.map((name, at) => html`<label class="tick"><input type="checkbox" name="weekday" value=${name} /><span>${weekday(noonOf(plusDays(MONDAY, at)))}</span></label>`)}
        </div>
        ${this.#form.error('hours') ? html`<p class="error" role="alert">${this.#form.error('hours')}</p>` : nothing}
      </fieldset>
      <div class="pair">${text('from', { type: 'time', value: '10:00' })} ${text('to', { type: 'time', value: '18:00' })} ${text('duration_minutes', { type: 'number', value: '60' })}</div>
      <div class="pair">
        ${text('first_day', { type: 'date', value: first })} ${text('last_day', { type: 'date', value: plusDays(first, 7 * USUAL_WEEKS) })}
      </div>`;
  }
}

const offerOf = (values) => ({
  title: values.title,
  category: values.category,
  region: values.region || null,
  location: values.location || null,
  description: values.description || null,
  price: Number(values.price || 0),
  capacity: Number(values.capacity || 1),
  buffer_minutes: Number(values.buffer_minutes || 0),
  notice_minutes: Number(values.notice_minutes || 0),
});

const slotOf = (offer, { start_time: start, end_time: end }) => ({ offer, start_time: moment(start), end_time: moment(end) });

const seriesOf = (offer, { from, to, first_day, last_day, duration_minutes: minutes }, weekdays) => ({
  offer,
  time_zone: zone.value,
  first_day,
  last_day,
  duration_minutes: Number(minutes || 0),
  hours: weekdays.map((weekday) => ({ weekday, from, to })),
});

const moment = (local) => (local ? momentOf(local).toISOString() : null);

define('slots-offer', Offer);
