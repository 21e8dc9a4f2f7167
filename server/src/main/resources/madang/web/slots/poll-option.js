import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { when } from '../kit/when.js';

const ANSWERS = ['YES', 'MAYBE', 'NO'];

/** One time of a poll: who can come then, and one's own answer. Tells `answer`, and `settle` to who asks. */
class PollOption extends Element {
  static properties = { option: { attribute: false }, voters: { attribute: false }, shut: { type: Boolean }, mine: { type: Boolean } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        gap: var(--space-2);
        padding: var(--space-4);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .answers {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .answers [aria-pressed='true'] {
        border-color: var(--accent);
        background: var(--accent-soft);
        color: var(--accent);
      }
      .settle {
        margin-inline-start: auto;
      }
    `,
  ];

  render() {
    const { option } = this;
    return html`<b>${when(option)}</b>
      ${ANSWERS.map((answer) => this.#said(answer))}
      ${this.shut
        ? nothing
        : html`<div class="answers" role="group" aria-label=${when(option)}>
            ${ANSWERS.map((answer) => html`<button type="button" aria-pressed=${String(option.my_answer === answer)} @click=${() => this.tell('answer', answer)}>${say(`slots.answer.${answer}`)}</button>`)}
            ${this.mine ? html`<span class="settle">${button({ text: say('slots.poll-settle'), kind: option.yes ? 'primary' : 'plain', onclick: () => this.tell('settle') })}</span>` : nothing}
          </div>`}`;
  }

  #said(answer) {
    const names = this.voters.filter(({ votes }) => votes.some((vote) => vote.option === this.option.id && vote.answer === answer)).map(({ user }) => user?.nickname ?? say('slots.somebody'));
    return names.length ? html`<p class="small"><span class="muted">${say(`slots.answer.${answer}`)}</span> ${names.join(', ')}</p>` : nothing;
  }
}

define('slots-poll-option', PollOption);
