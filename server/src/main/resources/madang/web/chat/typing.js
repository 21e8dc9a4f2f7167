import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { session } from '../identity/session.js';
import { personOf } from './people.js';

/** Who is writing just now. Keeps its line, so that nothing jumps. */
class Typing extends Element {
  static properties = { ids: { attribute: false } };

  static styles = css`
    p {
      min-block-size: var(--space-5);
      padding: 0 var(--space-4);
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `;

  render() {
    const others = this.ids.filter((id) => id !== session.value.user?.id);
    return html`<p class="muted small">${this.#words(others)}</p>`;
  }

  #words(ids) {
    if (ids.length === 0) return '';
    if (ids.length > 2) return say('chat.typing-many', { count: ids.length });
    const names = ids.map((id) => personOf(id)?.nickname ?? say('chat.somebody')).join(', ');
    return say('chat.typing', { names, count: ids.length });
  }
}

define('chat-typing', Typing);
