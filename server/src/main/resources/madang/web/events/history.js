import { html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { history } from './events.js';
import '../kit/list.js';
import './change-row.js';

/** How the event came to be what it is, the newest first. */
class History extends Element {
  static properties = { event: { attribute: false } };

  #shown;

  render() {
    return html`<m-list label=${say('events.history')} .load=${(cursor) => history(this.event.id)(cursor)} .row=${(change) => html`<events-change .change=${change}></events-change>`}></m-list>`;
  }

  /** Whenever the event is read again, so is this. */
  updated(changes) {
    if (!changes.has('event')) return;
    if (this.#shown) this.$('m-list').refresh();
    this.#shown = true;
  }
}

define('events-history', History);
