import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { publicRooms } from './rooms.js';
import '../kit/dialog.js';
import '../kit/empty.js';
import '../kit/list.js';
import './public-row.js';

/** The rooms that stand open to everybody. */
class BrowseRooms extends Element {
  static styles = css`
    m-list {
      min-block-size: var(--field-tall);
    }
  `;

  render() {
    return html`<m-dialog heading=${say('chat.browse')}>
      <m-list label=${say('chat.browse')} .load=${publicRooms} .row=${(room) => html`<chat-public-row .room=${room}></chat-public-row>`}>
        <m-empty icon="compass" heading=${say('chat.no-public')} text=${say('chat.no-public-about')}></m-empty>
      </m-list>
    </m-dialog>`;
  }
}

define('chat-browse-rooms', BrowseRooms);
