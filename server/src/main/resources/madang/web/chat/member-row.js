import { css, html, nothing } from 'lit';
import { buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import { exact } from '../kit/time.js';
import '../kit/avatar.js';
import '../kit/icon.js';

/** Somebody in a list of people; a press shows who they are and what can be done. */
class MemberRow extends Element {
  static properties = { member: { attribute: false }, online: { attribute: false } };

  static styles = [
    buttons,
    css`
      button {
        justify-content: start;
        gap: var(--space-3);
        inline-size: 100%;
        min-block-size: var(--touch);
        padding: 0 var(--space-2);
        border-color: transparent;
        background: none;
        font-weight: normal;
        text-align: start;
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
      .muted m-icon {
        vertical-align: -0.2em;
      }
    `,
  ];

  render() {
    const { nickname, username, status_message: status, role } = this.member;
    const key = `chat.role.${role}`;
    return html`<button type="button" @click=${() => this.tell('person', this.member)}>
      <m-avatar .person=${this.member} ?online=${this.online}></m-avatar>
      <span class="who">
        <span>${nickname}${this.online ? html`<span class="unseen">, ${say('chat.online')}</span>` : nothing}</span>
        <span class="muted small">${status || (username ? `@${username}` : '')}</span>
      </span>
      ${this.#silenced()} ${has(key) ? html`<span class="muted small">${say(key)}</span>` : nothing}
    </button>`;
  }

  #silenced() {
    const until = mutedUntil(this.member);
    return until ? html`<span class="muted" title=${say('chat.muted-until', { until: exact(until) })}><m-icon name="mic-mute"></m-icon><span class="unseen">${say('chat.muted')}</span></span>` : nothing;
  }
}

/** Until when somebody may not speak, if that is not over. */
export const mutedUntil = ({ muted_until: until }) => (until && Date.parse(until) > Date.now() ? until : null);

define('chat-member-row', MemberRow);
