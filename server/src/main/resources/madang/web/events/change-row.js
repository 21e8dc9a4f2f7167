import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import { ago, clock, day, exact, minute } from '../kit/time.js';

/** One line of an event's history: who did what, what it was and is, and when. */
class ChangeRow extends Element {
  static properties = { change: { attribute: false } };

  static styles = css`
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: var(--space-3);
      padding-block: var(--space-1);
      font-size: var(--text-small);
    }
    del,
    time {
      color: var(--muted);
    }
    ins {
      text-decoration: none;
    }
  `;

  constructor() {
    super();
    this.watch(minute);
  }

  render() {
    const { change } = this;
    return html`<span>${sentence(change)} ${change.field_name ? html`<del>${shown(change, change.old_value)}</del> → <ins>${shown(change, change.new_value)}</ins>` : nothing}</span>
      <time title=${exact(change.changed_at)}>${ago(change.changed_at)}</time>`;
  }
}

/** A kind of change that this page has not learned yet stays general. */
const sentence = ({ actor, user, change_type: type, field_name: field }) =>
  say(has(`events.change.${type}`) ? `events.change.${type}` : 'events.change.other', {
    nickname: actor?.nickname ?? say('events.somebody'),
    name: user?.nickname ?? say('events.somebody'),
    what: field ? say(`events.field.${field}`) : '',
  });

function shown({ field_name: field }, value) {
  if (value === null) return say('events.nothing');
  return field.endsWith('_time') ? `${day(value, { weekday: undefined })} ${clock(value)}` : value;
}

define('events-change', ChangeRow);
