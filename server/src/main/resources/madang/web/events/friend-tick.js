import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { fields } from '../kit/field.js';
import '../kit/avatar.js';

/** A friend to tick; tells `tick`. */
class FriendTick extends Element {
  static properties = { person: { attribute: false } };

  static styles = [
    fields,
    css`
      m-avatar {
        --avatar-size: var(--space-5);
      }
    `,
  ];

  render() {
    const { person } = this;
    return html`<label class="tick">
      <input type="checkbox" @change=${({ currentTarget }) => this.tell('tick', { id: person.id, isPicked: currentTarget.checked })} />
      <m-avatar .person=${person}></m-avatar>
      <span>${person.nickname}${person.username ? html` <span class="muted small">@${person.username}</span>` : nothing}</span>
    </label>`;
  }
}

define('events-friend-tick', FriendTick);
