import { html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { download } from '../kit/blobs.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { day } from '../kit/time.js';
import { bytes } from '../kit/units.js';
import { part } from './part.js';

const EXPORT = '/users/me/export';
const LOOK_MILLIS = 5000;

/** Everything that is kept of the reader, in one file to take away. */
class Export extends Element {
  static properties = { state: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [buttons, part];

  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    return html`<p class="muted">${say('account.export-about')}</p>
      <div role="status">${this.state?.state === 'being_made' ? html`<p>${say('account.export-being-made')}</p>` : nothing}</div>
      ${this.state?.state === 'ready' ? html`<p>${say('account.export-ready', { size: bytes(this.state.size), until: day(this.state.expires_at, { weekday: undefined }) })}</p>` : nothing}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="deeds">
        ${this.state?.state === 'ready' ? button({ text: say('account.export-fetch'), icon: 'download', kind: 'primary', busy: this.busy, onclick: () => this.#try(() => download(`${EXPORT}/file`, 'madang-export.zip')) }) : nothing}
        ${this.state?.state === 'being_made' ? nothing : button({ text: say('account.export-ask'), busy: this.busy, onclick: () => this.#try(() => this.#ask()) })}
      </div>`;
  }

  async #ask() {
    this.state = await api.post(EXPORT);
    this.#lookAgain();
  }

  async #look() {
    try {
      this.state = await api.get(EXPORT);
    } catch (error) {
      if (error.status !== 404) this.error = error.message;
    }
    this.#lookAgain();
  }

  #lookAgain() {
    clearTimeout(this.#timer);
    if (this.isConnected && this.state?.state === 'being_made') this.#timer = setTimeout(() => this.#look(), LOOK_MILLIS);
  }

  async #try(deed) {
    this.busy = true;
    this.error = '';
    try {
      await deed();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }
}

define('account-export', Export);
