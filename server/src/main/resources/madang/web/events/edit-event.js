import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { localOf, momentOf, today } from '../kit/days.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields, radios } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { zone } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { change, changeRest, create, one, repeat } from './events.js';
import { RULES, ruleOf } from './rule.js';
import '../kit/dialog.js';
import './pick-friends.js';

const HOUR_MILLIS = 3_600_000;
const FIELDS = ['title', 'start_time', 'end_time', 'location', 'description'];

/** Proposes an event on a day, or changes what is agreed about one. Nothing typed is lost when the server refuses. */
class EditEvent extends Element {
  static properties = { event: { attribute: false }, day: {}, isOld: { state: true }, isRepeated: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 24ch), 1fr));
        gap: var(--space-4);
      }
      form > button {
        justify-self: end;
      }
    `,
  ];

  #invited = [];
  #length = HOUR_MILLIS;

  #form = new Form(this, async (values) => {
    const event = {
      title: values.title,
      start_time: moment(values.start_time),
      end_time: moment(values.end_time),
      location: values.location || null,
      description: values.description || null,
    };
    await (this.event ? this.#change(event, values.scope === 'rest') : this.#create(event, values));
  });

  firstUpdated() {
    this.#length = Date.parse(this.#end) - Date.parse(this.#start);
  }

  render() {
    const form = this.#form;
    const { title = '', location, description } = this.event ?? {};
    return html`<m-dialog heading=${say(this.event ? 'events.edit' : 'events.new')}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({ name: 'title', label: say('events.title'), value: title, maxlength: 200, error: form.error('title'), autofocus: true })}
        <div class="pair">
          ${field({ name: 'start_time', type: 'datetime-local', label: say('events.start'), value: localOf(this.#start), error: form.error('start_time'), oninput: this.#moved })}
          ${field({ name: 'end_time', type: 'datetime-local', label: say('events.end'), value: localOf(this.#end), error: form.error('end_time'), oninput: this.#stretched })}
        </div>
        <p class="hint">${say('events.zone', { zone: zone.value.replaceAll('_', ' ') })}</p>
        ${field({ name: 'location', label: say('events.location'), value: location ?? '', maxlength: 200, error: form.error('location') })}
        ${field({ name: 'description', label: say('events.description'), value: description ?? '', tall: true, maxlength: 10000, error: form.error('description') })}
        ${this.event ? this.#scope() : this.#repeat(form)}
        ${this.event ? nothing : html`<events-pick-friends @picked=${({ detail }) => (this.#invited = detail)}></events-pick-friends>`} ${form.summary(...FIELDS)}
        ${button({ text: this.#action, kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }

  /** Of an event that comes again: whether those that follow change along. */
  #scope() {
    if (!this.event.series) return nothing;
    const options = ['one', 'rest'].map((scope) => [scope, say(`events.scope.${scope}`), say(`events.scope.${scope}-about`)]);
    return radios({ name: 'scope', label: say('events.scope'), options, value: 'one' });
  }

  #repeat(form) {
    const options = Object.keys(RULES).map((name) => [name, say(`events.rule.${name}`)]);
    return html`<div class="pair">
      ${choice({ name: 'repeat', label: say('events.repeat'), options, value: 'none', onchange: ({ target }) => (this.isRepeated = target.value !== 'none') })}
      ${this.isRepeated ? field({ name: 'times', type: 'number', label: say('events.repeat-times'), hint: say('events.repeat-times-hint'), error: form.error('rule') }) : nothing}
    </div>`;
  }

  get #action() {
    if (this.isOld) return say('events.save-anyway');
    return say(this.event ? 'kit.save' : 'events.propose');
  }

  get #start() {
    return this.event?.start_time ?? usualStart(this.day ?? today());
  }

  get #end() {
    return this.event?.end_time ?? new Date(Date.parse(this.#start) + HOUR_MILLIS).toISOString();
  }

  /** When the start moves, the event keeps its length. */
  #moved = () => {
    const [start, end] = [this.$('#start_time'), this.$('#end_time')];
    if (start.value) end.value = localOf(momentOf(start.value).getTime() + this.#length);
  };

  #stretched = () => {
    const [start, end] = [this.$('#start_time').value, this.$('#end_time').value];
    if (start && end && end >= start) this.#length = momentOf(end) - momentOf(start);
  };

  /** Whether it comes again is asked of the event once it is there; if that is refused, it stands alone. */
  async #create(event, { repeat: name, times }) {
    const { id } = await create({ ...event, participant_ids: this.#invited });
    if (RULES[name]) await repeat(id, ruleOf(name, times)).catch((error) => toast(error.message, 'danger'));
    this.$('m-dialog').close();
    go(`/events/${id}`);
  }

  /** Somebody may have changed it while this was being typed: then it is looked at once more before this counts. */
  async #change(event, isForAll) {
    try {
      this.tell('changed', await (isForAll ? changeRest : change)(this.event.id, this.event.version, event));
    } catch (error) {
      if (error.code === 'PRECONDITION_FAILED') {
        this.event = await one(this.event.id);
        this.isOld = true;
        error.message = say('events.changed-elsewhere');
      }
      throw error;
    }
    toast(say('events.saved'));
    this.$('m-dialog').close();
  }
}

/** What is no time is told by the server, beside its field. */
const moment = (local) => (local ? momentOf(local).toISOString() : null);

/** The next full hour today, ten o'clock on any other day. */
function usualStart(day) {
  const isToday = day === today();
  const hour = isToday ? new Date(Math.ceil((Date.now() + 1) / HOUR_MILLIS) * HOUR_MILLIS) : momentOf(`${day}T10:00`);
  return hour.toISOString();
}

define('events-edit', EditEvent);
