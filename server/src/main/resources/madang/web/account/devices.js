import { html, nothing } from 'lit';
import { api } from '../kit/api.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { ago, exact } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { part } from './part.js';
import '../kit/chip.js';
import '../kit/confirm.js';
import '../kit/list.js';
import '../kit/row.js';

const SESSIONS = '/users/me/sessions';

/** Where the account is open, and out with every device that is not mine. */
class Devices extends Element {
  static properties = { asking: { state: true }, error: { state: true } };

  static styles = [buttons, part];

  render() {
    return html`<p class="muted">${say('account.devices-about')}</p>
      <m-list label=${say('account.devices')} .load=${(cursor) => api.get(SESSIONS, { cursor })} .row=${this.#row}></m-list>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="deeds">${button({ text: say('account.devices-end'), onclick: () => (this.asking = true) })}</div>
      ${this.asking
        ? html`<m-confirm
            heading=${say('account.devices-end')}
            text=${say('account.devices-end-about')}
            action=${say('account.devices-end')}
            .act=${() => this.#end(SESSIONS, 'account.devices-ended')}
            @close=${() => (this.asking = false)}
          ></m-confirm>`
        : nothing}`;
  }

  #row = (device) => {
    const name = device.device || say('account.device-unknown');
    return html`<m-row icon=${/iPhone|iPad|Android/.test(name) ? 'phone' : 'laptop'} name=${name} detail=${about(device)} exact=${exact(device.last_used_at)}>
      ${device.current
        ? html`<m-chip text=${say('account.device-here')}></m-chip>`
        : html`<button type="button" aria-label=${say('account.device-end-named', { name })} @click=${() => this.#endOne(device)}>${say('account.device-end')}</button>`}
    </m-row>`;
  };

  async #endOne({ id }) {
    this.error = '';
    try {
      await this.#end(`${SESSIONS}/${id}`, 'account.device-ended');
    } catch (error) {
      this.error = error.message;
    }
  }

  async #end(path, told) {
    await api.delete(path);
    toast(say(told));
    await this.$('m-list').refresh();
  }
}

const about = ({ method, address, last_used_at: used }) =>
  [say('account.device-used', { when: ago(used) }), method && say(`account.by.${method}`), address].filter(Boolean).join(' · ');

define('account-devices', Devices);
