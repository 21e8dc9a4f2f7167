import { html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import '../kit/side.js';
import './search.js';

/** Words of one room, looked for beside it. */
class SearchPanel extends Element {
  static properties = { room: { attribute: false } };

  render() {
    return html`<m-side heading=${say('chat.search')}><chat-search autofocus .room=${this.room.id}></chat-search></m-side>`;
  }
}

define('chat-search-panel', SearchPanel);
