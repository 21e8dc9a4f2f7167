import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { met, personOf } from './people.js';
import '../kit/avatar.js';

const SHOWN = 5;

/** Those who have read up to here, small and at the side. */
class Readers extends Element {
  static properties = { ids: { attribute: false } };

  static styles = css`
    :host {
      display: flex;
      justify-content: end;
      align-items: center;
    }
    m-avatar {
      --avatar-size: var(--space-4);
    }
    m-avatar + m-avatar {
      margin-inline-start: calc(-1 * var(--space-1));
    }
  `;

  constructor() {
    super();
    this.watch(met);
  }

  render() {
    const people = this.ids.map((id) => personOf(id) ?? { id, nickname: say('chat.somebody') });
    const words = say('chat.read-by', { names: people.map(({ nickname }) => nickname).join(', ') });
    return html`<span class="unseen">${words}</span>
      <span class="faces" title=${words}>${people.slice(0, SHOWN).map((person) => html`<m-avatar .person=${person}></m-avatar>`)}</span>
      ${people.length > SHOWN ? html`<span class="muted small">+${people.length - SHOWN}</span>` : nothing}`;
  }
}

define('chat-readers', Readers);
