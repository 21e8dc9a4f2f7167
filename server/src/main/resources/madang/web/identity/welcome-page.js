import { css, html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { language, say, speak } from '../kit/texts.js';
import './sign-in.js';
import './sign-up.js';
import './ways.js';

/** The gate: come in, or become somebody who can. */
class Welcome extends Element {
  static properties = { next: {}, isNew: { state: true } };

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
      .other {
        text-align: center;
      }
      footer {
        text-align: center;
      }
    `,
  ];

  render() {
    return html`<div class="gate">
      <header>
        <img src=${import.meta.resolve('../kit/madang.svg')} alt="" />
        <h1>${say(this.isNew ? 'identity.hello-new' : 'identity.hello')}</h1>
        <p class="muted">${say('identity.about')}</p>
      </header>
      <section class="card">
        ${this.isNew ? html`<identity-sign-up></identity-sign-up>` : html`<identity-sign-in></identity-sign-in>`}
      </section>
      <identity-ways></identity-ways>
      <p class="other">
        ${say(this.isNew ? 'identity.have-account' : 'identity.no-account')}
        ${button({ text: say(this.isNew ? 'identity.sign-in' : 'identity.sign-up'), kind: 'link', onclick: () => (this.isNew = !this.isNew) })}
      </p>
      <footer class="small">
        ${language.value === 'ko'
          ? button({ text: 'English', kind: 'link', onclick: () => speak('en') })
          : button({ text: '한국어', kind: 'link', onclick: () => speak('ko') })}
      </footer>
    </div>`;
  }
}

define('identity-welcome', Welcome);
