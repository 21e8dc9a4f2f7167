import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import '../kit/icon.js';
import './search.js';

/** Words of all my rooms; the address keeps what was looked for. */
class SearchPage extends Element {
  static properties = { words: {} };

  static styles = css`
    :host {
      inline-size: min(100%, var(--measure));
      block-size: 100%;
      margin-inline: auto;
      overflow: auto;
    }
    .back {
      display: none;
      place-items: center;
      inline-size: var(--touch);
      block-size: var(--touch);
      color: var(--ink);
    }
    @media (max-width: 959px) {
      .back {
        display: grid;
      }
    }
  `;

  render() {
    return html`<a class="back" href="/chat" aria-label=${say('chat.to-rooms')}><m-icon name="chevron-left"></m-icon></a>
      <chat-search .words=${this.words ?? ''} @searched=${({ detail: words }) => go(`/chat/search?q=${encodeURIComponent(words)}`, { replace: true })}></chat-search>`;
  }

  updated() {
    heading.set(say('chat.search'));
  }
}

define('chat-search-page', SearchPage);
