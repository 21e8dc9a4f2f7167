import { html, css, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { blocks, unblock } from './deeds.js';
import '../kit/avatar.js';
import '../kit/list.js';
import '../kit/row.js';

/** Whom I have blocked, and the way back. */
class Blocks extends Element {
  static properties = { error: { state: true } };

  static styles = css`
    .error {
      color: var(--danger);
    }
  `;

  render() {
    return html`${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <m-list label=${say('chat.blocked')} .load=${this.#load} .row=${this.#row}>
        <p class="muted">${say('chat.no-blocked-about')}</p>
      </m-list>`;
  }

  #load = async (cursor) => {
    const page = await blocks(cursor);
    return { ...page, items: page.items.map(({ user }) => user) };
  };

  #row = (person) => html`<m-row name=${person.nickname}>
    <m-avatar slot="sign" .person=${person}></m-avatar>
    <button type="button" @click=${() => this.#lift(person)}>${say('chat.unblock')}</button>
  </m-row>`;

  async #lift({ id }) {
    this.error = '';
    try {
      await unblock(id);
      await this.$('m-list').refresh();
    } catch (error) {
      this.error = error.message;
    }
  }
}

define('chat-blocks', Blocks);
