import { html, nothing } from 'lit';
import { buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { isOpen, participants, putOut } from './events.js';
import '../kit/avatar.js';
import '../kit/chip.js';
import '../kit/confirm.js';
import '../kit/list.js';
import '../kit/menu.js';
import '../kit/row.js';

/** Who was asked, and what they said; its creator may put somebody out. */
class Participants extends Element {
  static properties = { event: { attribute: false }, asking: { state: true } };

  static styles = buttons;

  #shown;

  render() {
    return html`<m-list label=${say('events.participants-list')} .load=${(cursor) => participants(this.event.id)(cursor)} .row=${this.#row}>
        <p class="muted">${say('events.participants-none')}</p>
      </m-list>
      ${this.asking
        ? html`<m-confirm
            heading=${say('events.put-out-named', this.asking)}
            text=${say('events.put-out-about')}
            action=${say('events.put-out')}
            .act=${() => putOut(this.event.id, this.asking.id)}
            @close=${() => (this.asking = null)}
          ></m-confirm>`
        : nothing}`;
  }

  /** Whenever the event is read again, so is this. */
  updated(changes) {
    if (!changes.has('event')) return;
    if (this.#shown) this.$('m-list').refresh();
    this.#shown = true;
  }

  #row = (person) => html`<m-row name=${person.nickname} detail=${person.username ? `@${person.username}` : ''}>
    <m-avatar slot="sign" .person=${person}></m-avatar>
    <m-chip ?quiet=${person.status !== 'ACCEPTED'} text=${say(`events.answer.${person.status}`)}></m-chip>
    ${this.event.my_status === 'CREATOR' && isOpen(this.event.status)
      ? html`<m-menu
          label=${say('events.more-about', person)}
          .items=${[{ icon: 'person-x', text: say('events.put-out'), kind: 'harm', act: () => (this.asking = person) }]}
        ></m-menu>`
      : nothing}
  </m-row>`;
}

define('events-participants', Participants);
