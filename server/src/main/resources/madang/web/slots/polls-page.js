import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { say } from '../kit/texts.js';
import { mine } from './polls.js';
import '../kit/empty.js';
import '../kit/list.js';
import './poll-row.js';

/** Where one asks several for a time, and finds what one has asked. */
class PollsPage extends Element {
  static properties = { isMaking: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--space-5);
        inline-size: min(100%, var(--measure));
        margin-inline: auto;
        padding: var(--space-5) var(--space-4) var(--space-6);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-3);
      }
      h1 {
        font-size: var(--text-title);
      }
      .asked {
        position: absolute;
      }
    `,
  ];

  updated() {
    heading.set(say('slots.polls'));
  }

  render() {
    return html`<header>
        <h1>${say('slots.polls')}</h1>
        ${button({ text: say('slots.poll-new'), icon: 'plus-lg', kind: 'primary', onclick: () => this.#make() })}
      </header>
      <m-list label=${say('slots.polls')} .load=${mine} .row=${(poll) => html`<slots-poll-row .poll=${poll}></slots-poll-row>`}>
        <m-empty icon="ui-checks" heading=${say('slots.polls-none')} text=${say('slots.polls-none-about')}></m-empty>
      </m-list>
      ${this.isMaking ? html`<div class="asked" @close=${() => (this.isMaking = false)}><slots-make-poll></slots-make-poll></div>` : nothing}`;
  }

  async #make() {
    await import('./make-poll.js');
    this.isMaking = true;
  }
}

define('slots-polls', PollsPage);
