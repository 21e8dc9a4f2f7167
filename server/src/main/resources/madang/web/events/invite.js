import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { invite } from './events.js';
import '../kit/dialog.js';
import './invite-links.js';
import './pick-friends.js';

/** Brings people into an event: friends at once, anybody else by a link. */
class Invite extends Element {
  static properties = { event: { attribute: false }, picked: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      .friends {
        display: grid;
        gap: var(--space-3);
        margin-block-end: var(--space-5);
      }
      .friends button {
        justify-self: end;
      }
      .error {
        color: var(--danger);
        font-size: var(--text-small);
      }
    `,
  ];

  constructor() {
    super();
    this.picked = [];
  }

  render() {
    return html`<m-dialog heading=${say('events.invite-to', this.event)}>
      <div class="friends">
        <events-pick-friends @picked=${({ detail }) => (this.picked = detail)}></events-pick-friends>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        ${button({ text: say('events.invite-friends'), kind: 'primary', busy: this.busy, disabled: this.picked.length === 0, onclick: () => this.#invite() })}
      </div>
      <events-invite-links .event=${this.event}></events-invite-links>
    </m-dialog>`;
  }

  async #invite() {
    this.busy = true;
    this.error = '';
    try {
      const { invited } = await invite(this.event.id, this.picked);
      toast(say(invited.length ? 'events.invited' : 'events.invited-before', { count: invited.length }));
      this.$('m-dialog').close();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }
}

define('events-invite', Invite);
