import { css, html, nothing } from 'lit';
import { ApiError } from '../client/api-error.js';
import { api } from '../kit/api.js';
import { language, say } from '../kit/texts.js';
import { consentDetails, consentStyles } from './consent-details.js';

/** Asked of everybody who comes: what an account needs, and this. What is sensitive is asked where it is wanted. */
const FREE = ['marketing'];

/**
 * What a form that makes an account asks to agree to, each on its own. A controller and no component:
 * the boxes stand in the form that sends them, and each box is worth the version that it is about.
 */
export class Agreements {
  #host;
  #items = [];
  #asked = null;
  #end;

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#end = language.subscribe(() => this.#asked && this.ask());
  }

  hostDisconnected() {
    this.#end();
  }

  /** Brings the boxes. A form that nobody could read signs nobody up: what was refused is said when it is sent. */
  ask() {
    this.#asked = this.#load();
    this.#asked.catch(() => {});
  }

  render(form) {
    if (this.#items.length === 0) return nothing;
    return html`<fieldset class="agreements" @change=${this.#ticked}>
      <legend class="unseen">${say('identity.consents')}</legend>
      <label class="tick all"><input type="checkbox" /><b>${say('identity.consents-all')}</b></label>
      ${this.#items.map((consent) => row(consent, form.error(`consents.${consent.kind}`)))}
    </fieldset>`;
  }

  /** Of the values of a submitted form the versions that were agreed to, by kind. What is required and missing is told beside its box. */
  async given(values) {
    if (this.#items.length === 0) this.ask();
    await this.#asked;
    const missing = this.#items.filter(({ required, kind }) => required && !values[`consents.${kind}`]);
    if (missing.length > 0) {
      const details = Object.fromEntries(missing.map(({ kind }) => [`consents.${kind}`, say('identity.consent-missing')]));
      throw new ApiError({ code: 'SIGN_UP_NEEDS_CONSENT', message: '', details });
    }
    return Object.fromEntries(this.#items.map(({ kind }) => [kind, values[`consents.${kind}`]]).filter(([, version]) => version));
  }

  /** For ways by which somebody may come who is here already: the boxes are shown to whom the server holds for new. */
  async asking(values, enter) {
    try {
      await enter(this.#asked ? { consents: await this.given(values) } : {});
    } catch (error) {
      if (error.code === 'SIGN_UP_NEEDS_CONSENT' && !this.#asked) this.ask();
      throw error;
    }
  }

  get names() {
    return this.#items.map(({ kind }) => `consents.${kind}`);
  }

  /** Whoever goes on by another way from here takes along what is ticked. */
  #ticked = ({ target, currentTarget }) => {
    const [all, ...each] = currentTarget.querySelectorAll('input');
    tick(target, all, each);
    this.#host.tell('agreed', each.filter(({ checked }) => checked).map(({ name, value }) => `${name.slice('consents.'.length)}:${value}`));
  };

  async #load() {
    const { items } = await api.ask('/consents');
    this.#items = items.filter(({ required, kind }) => required || FREE.includes(kind));
    this.#host.requestUpdate();
  }
}

const row = (consent, error) => html`<div>
  <label class="tick">
    <input type="checkbox" name="consents.${consent.kind}" value=${consent.version} aria-invalid=${error ? 'true' : nothing} />
    <span>${say(consent.required ? 'identity.consent-required' : 'identity.consent-free', consent)}</span>
  </label>
  ${error ? html`<p class="error" role="alert">${error}</p>` : nothing} ${consentDetails(consent)}
</div>`;

/** The first box stands for all the others, and they for it. */
function tick(box, all, each) {
  if (box === all) each.forEach((one) => (one.checked = all.checked));
  else all.checked = each.every(({ checked }) => checked);
}

export const agreementStyles = [
  consentStyles,
  css`
    .agreements {
      display: grid;
      gap: var(--space-2);
      min-inline-size: 0;
      margin: 0;
      padding: var(--space-2) var(--space-4) var(--space-3);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
    }
    .all {
      border-block-end: var(--hairline) solid var(--line);
    }
    details {
      padding-inline-start: calc(1.25em + var(--space-3));
    }
  `,
];
