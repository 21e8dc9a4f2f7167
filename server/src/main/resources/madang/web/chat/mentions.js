import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { mentions } from './deeds.js';
import '../kit/empty.js';
import '../kit/list.js';
import './found-row.js';

/** Everywhere that somebody named me, the newest first. */
class Mentions extends Element {
  static styles = css`
    :host {
      inline-size: min(100%, var(--measure));
      block-size: 100%;
      margin-inline: auto;
      padding: var(--space-4) var(--space-2);
      overflow: auto;
    }
    h1 {
      padding: 0 var(--space-3) var(--space-3);
      font-size: var(--text-large);
    }
  `;

  render() {
    return html`<h1>${say('chat.mentions')}</h1>
      <m-list label=${say('chat.mentions')} .load=${mentions} .row=${(one) => html`<chat-found-row .message=${one.message ?? one} placed></chat-found-row>`}>
        <m-empty icon="at" heading=${say('chat.no-mentions')} text=${say('chat.no-mentions-about')}></m-empty>
      </m-list>`;
  }
}

define('chat-mentions', Mentions);
