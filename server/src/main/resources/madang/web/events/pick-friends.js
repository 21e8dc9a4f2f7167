import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { fields } from '../kit/field.js';
import { say } from '../kit/texts.js';
import { friends } from '../people/friends.js';
import '../kit/list.js';
import './friend-tick.js';

/** Friends to tick; tells `picked` whenever the choice changes: their ids. */
class PickFriends extends Element {
  static styles = [
    fields,
    css`
      m-list {
        max-block-size: var(--field-tall);
        padding-inline: var(--space-3);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        overflow: auto;
      }
      .muted {
        padding-block: var(--space-3);
      }
    `,
  ];

  #picked = new Set();

  render() {
    return html`<fieldset class="field">
      <legend>${say('events.friends')}</legend>
      <m-list label=${say('events.friends')} .load=${friends} .row=${(person) => html`<events-friend-tick .person=${person}></events-friend-tick>`} @tick=${this.#tick}>
        <p class="muted small">${say('events.friends-none')}</p>
      </m-list>
    </fieldset>`;
  }

  #tick({ detail: { id, isPicked } }) {
    this.#picked[isPicked ? 'add' : 'delete'](id);
    this.tell('picked', [...this.#picked]);
  }
}

define('events-pick-friends', PickFriends);
