import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { language, speak } from '../kit/texts.js';

/** The frame around everything that stands before the door: who we are, one card, and below it where else one might want to go. */
class Gate extends Element {
  static properties = { heading: {}, about: {} };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        min-block-size: 100dvh;
        place-items: center;
        padding: var(--space-5) var(--space-4);
      }
      .gate {
        display: grid;
        gap: var(--space-5);
        inline-size: min(100%, var(--card));
      }
      header {
        display: grid;
        justify-items: center;
        gap: var(--space-2);
        text-align: center;
      }
      img {
        inline-size: calc(var(--space-6) * 1.75);
      }
      h1 {
        font-size: var(--text-title);
        line-height: 1.3;
      }
      .card {
        padding: var(--space-5);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      footer,
      ::slotted([slot='other']) {
        text-align: center;
      }
    `,
  ];

  updated() {
    heading.set(this.heading);
  }

  render() {
    return html`<div class="gate">
      <header>
        <img src=${import.meta.resolve('../kit/madang.svg')} alt="" />
        <h1>${this.heading}</h1>
        ${this.about ? html`<p class="muted">${this.about}</p>` : nothing}
      </header>
      <section class="card" aria-label=${this.heading}><slot></slot></section>
      <slot name="other"></slot>
      <footer class="small">
        ${language.value === 'ko'
          ? button({ text: 'English', kind: 'link', onclick: () => speak('en') })
          : button({ text: '한국어', kind: 'link', onclick: () => speak('ko') })}
      </footer>
    </div>`;
  }
}

define('identity-gate', Gate);
