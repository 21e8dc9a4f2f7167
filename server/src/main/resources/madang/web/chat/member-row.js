import { css, html, nothing } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import '../kit/avatar.js';

class MemberRow extends Element {
  static properties = { member: { attribute: false }, online: { attribute: false }, removable: { attribute: false } };

  static styles = [
    buttons,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        min-block-size: var(--touch);
      }
      m-avatar {
        --avatar-size: calc(var(--space-6) * 0.9);
      }
      .who {
        flex: 1;
        min-inline-size: 0;
        line-height: 1.3;
      }
      .who span {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  render() {
    const { nickname, username, status_message: status, role } = this.member;
    const key = `chat.role.${role}`;
    return html`<m-avatar .person=${this.member} ?online=${this.online}></m-avatar>
      <div class="who">
        <span>${nickname}${this.online ? html`<span class="unseen">, ${say('chat.online')}</span>` : nothing}</span>
        <span class="muted small">${status || (username ? `@${username}` : '')}</span>
      </div>
      ${has(key) ? html`<span class="muted small">${say(key)}</span>` : nothing}
      ${this.removable ? iconButton({ icon: 'person-dash', label: say('chat.expel-name', { nickname }), onclick: () => this.tell('expel') }) : nothing}`;
  }
}

define('chat-member-row', MemberRow);
