import { html, nothing } from 'lit';
import { buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { isOpen, isOver, miss, participants, putOut } from './events.js';
import '../kit/avatar.js';
import '../kit/chip.js';
import '../kit/confirm.js';
import '../kit/list.js';
import '../kit/menu.js';
import '../kit/row.js';

/** Who was asked, and what they said; its creator may put somebody out. */
class Participants extends Element {
  static properties = { event: { attribute: false }, asking: { state: true }, error: { state: true } };

  static styles = buttons;

  #shown;

  render() {
    return html`<m-list label=${say('events.participants-list')} .load=${(cursor) => participants(this.event.id)(cursor)} .row=${this.#row}>
        <p class="muted">${say('events.participants-none')}</p>
      </m-list>
      ${this.error ? html`<p role="alert">${this.error}</p>` : nothing}
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
    ${this.#deeds(person)}
  </m-row>`;

  #deeds(person) {
    const { event } = this;
    if (event.my_status !== 'CREATOR') return nothing;
    const items = [
      person.status === 'ACCEPTED' && isOver(event) && { icon: 'person-dash', text: say('events.miss'), act: () => this.#try(() => miss(event.id, person.id)) },
      isOpen(event.status) && { icon: 'person-x', text: say('events.put-out'), kind: 'harm', act: () => (this.asking = person) },
    ].filter(Boolean);
    return items.length ? html`<m-menu label=${say('events.more-about', person)} .items=${items}></m-menu>` : nothing;
  }

  async #try(deed) {
    this.error = '';
    try {
      await deed();
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('events-participants', Participants);
