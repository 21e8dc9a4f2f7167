import { html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { fields } from '../kit/field.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { part } from '../account/part.js';
import { reminders, wishReminders } from './events.js';
import '../kit/error.js';
import '../kit/skeleton.js';

const WISHES = ['three_days', 'one_day', 'by_mail'];

/** When and how the reader is reminded; a press is kept at once. */
class Reminders extends Element {
  static properties = { wish: { state: true }, error: { state: true }, refusal: { state: true } };

  static styles = [fields, part];

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  render() {
    if (this.refusal) return html`<m-error .error=${this.refusal} @retry=${() => this.#load()}></m-error>`;
    if (!this.wish) return html`<m-skeleton rows="3"></m-skeleton>`;
    return html`<p class="muted">${say('events.reminders-about')}</p>
      ${WISHES.map((name) => html`<label class="tick"><input type="checkbox" .checked=${this.wish[name]} @change=${({ target }) => this.#keep(name, target.checked)} /><span>${say(`events.reminders.${name}`)}</span></label>`)}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}`;
  }

  async #load() {
    try {
      this.wish = await reminders();
      this.refusal = null;
    } catch (error) {
      this.refusal = error;
    }
  }

  async #keep(name, isWished) {
    this.error = '';
    try {
      this.wish = await wishReminders({ ...this.wish, [name]: isWished });
      toast(say('events.reminders-kept'));
    } catch (error) {
      this.error = error.message;
      this.requestUpdate();
    }
  }
}

define('events-reminders', Reminders);
