import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import './gate.js';
import './mail-form.js';
import './phone-form.js';
import './sign-in.js';
import './sign-up.js';
import './ways.js';

/** What stands on the card, by the way in that was chosen. */
const CARDS = {
  'sign-in': () => html`<identity-sign-in></identity-sign-in>`,
  'sign-up': () => html`<identity-sign-up></identity-sign-up>`,
  forgot: () => html`<identity-mail-form purpose="forgot"></identity-mail-form>`,
  mail: () => html`<identity-mail-form purpose="mail"></identity-mail-form>`,
  phone: () => html`<identity-phone-form></identity-phone-form>`,
};

/** The gate: come in, or become somebody who can. */
class Welcome extends Element {
  static properties = { next: {}, failure: {}, way: { state: true }, agreed: { state: true } };

  static styles = [
    buttons,
    css`
      .error {
        margin-block-end: var(--space-4);
        color: var(--danger);
      }
      .other {
        display: grid;
        gap: var(--space-5);
      }
    `,
  ];

  constructor() {
    super();
    this.way = 'sign-in';
    this.agreed = [];
  }

  willUpdate(changes) {
    if (changes.has('failure') && this.failure === 'SIGN_UP_NEEDS_CONSENT') this.way = 'sign-up';
  }

  render() {
    const { way } = this;
    const isNew = way === 'sign-up';
    const isMain = isNew || way === 'sign-in';
    return html`<identity-gate
      heading=${say(isMain ? (isNew ? 'identity.hello-new' : 'identity.hello') : `identity.way.${way}`)}
      about=${say(isMain ? this.#about : `identity.way.${way}-about`)}
      @way=${({ detail }) => (this.way = detail)}
      @agreed=${({ detail }) => (this.agreed = detail)}
    >
      ${this.failure ? html`<p class="error" role="alert">${reason(this.failure)}</p>` : nothing} ${CARDS[way]()}
      <div slot="other" class="other">
        ${isMain ? html`<identity-ways .next=${this.next} .agreed=${isNew ? this.agreed : []}></identity-ways>` : nothing}
        <p>
          ${isMain ? say(isNew ? 'identity.have-account' : 'identity.no-account') : nothing}
          ${isMain
            ? button({ text: say(isNew ? 'identity.sign-in' : 'identity.sign-up'), kind: 'link', onclick: () => (this.way = isNew ? 'sign-in' : 'sign-up') })
            : button({ text: say('identity.another-way'), kind: 'link', onclick: () => (this.way = 'sign-in') })}
        </p>
      </div>
    </identity-gate>`;
  }

  get #about() {
    return this.next?.startsWith('/invite/') ? 'identity.about-invited' : 'identity.about';
  }
}

/** Why the way over another house ended here: its address tells a code. */
const reason = (code) => say(has(`identity.failure.${code}`) ? `identity.failure.${code}` : 'identity.failure');

define('identity-welcome', Welcome);
