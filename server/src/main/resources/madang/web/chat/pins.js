import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { pins } from './deeds.js';
import '../kit/empty.js';
import '../kit/list.js';
import '../kit/side.js';
import './found-row.js';

/** What a room has put up on its wall. */
class Pins extends Element {
  static properties = { room: { attribute: false } };

  static styles = css`
    m-list {
      padding: var(--space-2) var(--space-1);
    }
  `;

  render() {
    return html`<m-side heading=${say('chat.pins')}>
      <m-list label=${say('chat.pins')} .load=${() => pins(this.room.id)} .row=${(message) => html`<chat-found-row .message=${message}></chat-found-row>`}>
        <m-empty icon="pin-angle" heading=${say('chat.no-pins')} text=${say('chat.no-pins-about')}></m-empty>
      </m-list>
    </m-side>`;
  }

  refresh() {
    this.$('m-list').refresh();
  }
}

define('chat-pins', Pins);
