import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { roomType } from './room-type.js';
import { change, isOwner, nameOf, remove } from './rooms.js';
import '../kit/confirm.js';
import '../kit/dialog.js';

const SLOW = [0, 5, 10, 30, 60, 300, 900, 3600, 21_600];

/** What those who keep a room may change about it. */
class EditRoom extends Element {
  static properties = { room: { attribute: false }, open: { state: true }, removing: { state: true } };

  static styles = [
    buttons,
    fields,
    css`
      .pair {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-3);
        align-items: start;
      }
      .check {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        font-weight: normal;
      }
      .check input {
        inline-size: auto;
        min-block-size: 0;
        accent-color: var(--accent);
      }
      .end {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: var(--space-2);
      }
    `,
  ];

  #form = new Form(this, async (typed) => {
    await change(this.room.id, changes(typed, this.room));
    this.$('m-dialog').close();
  });

  render() {
    const form = this.#form;
    const { room } = this;
    return html`<m-dialog heading=${say('chat.edit-room')}>
        <form novalidate @submit=${form.onsubmit}>
          ${field({ name: 'name', label: say('chat.name'), value: room.name, error: form.error('name'), autofocus: true })}
          ${field({ name: 'description', label: say('chat.description'), value: room.description, tall: true, error: form.error('description') })}
          ${room.is_default ? nothing : roomType(room.type)} ${room.is_default ? nothing : this.#password(form, room)}
          <div class="pair">
            ${room.is_default ? nothing : field({ name: 'max_members', type: 'number', label: say('chat.max-members'), hint: say('chat.no-bound'), value: room.max_members || '', error: form.error('max_members') })}
            ${choice({ name: 'slow_mode_seconds', label: say('chat.slow-mode'), hint: say('chat.slow-hint'), options: slowOptions(room), value: String(room.slow_mode_seconds ?? 0) })}
          </div>
          ${form.summary('name', 'description', 'max_members', 'password')}
          <div class="end">
            ${button({ text: say('kit.save'), kind: 'primary', type: 'submit', busy: form.busy })}
            ${isOwner(room) && !room.is_default ? button({ text: say('chat.delete-room'), icon: 'trash3', kind: 'harm', onclick: () => (this.removing = true) }) : nothing}
          </div>
        </form>
      </m-dialog>
      ${this.removing ? this.#removal() : nothing}`;
  }

  #password(form, { has_password: isLocked }) {
    return html`${field({ name: 'password', type: 'password', label: say('chat.password'), hint: say(isLocked ? 'chat.password-kept' : 'chat.password-none'), autocomplete: 'new-password', error: form.error('password') })}
    ${isLocked ? html`<label class="check"><input type="checkbox" name="unlocked" /><span>${say('chat.password-remove')}</span></label>` : nothing}`;
  }

  #removal() {
    const act = async () => {
      await remove(this.room.id);
      go('/chat');
    };
    return html`<m-confirm
      heading=${say('chat.delete-room')}
      text=${say('chat.delete-room-about', { room: nameOf(this.room) })}
      action=${say('chat.delete-room')}
      .act=${act}
      @close=${this.#kept}
    ></m-confirm>`;
  }

  #kept = (event) => {
    event.stopPropagation();
    this.removing = false;
  };
}

/** Only what has become different: an empty password field leaves the password alone. */
function changes({ name, description, type, password, unlocked, max_members: most, slow_mode_seconds: slow }, room) {
  const wanted = { name, description, type, max_members: most === undefined ? undefined : Number(most || 0), slow_mode_seconds: Number(slow) };
  const different = Object.entries(wanted).filter(([field, value]) => value !== undefined && value !== room[field]);
  return { ...Object.fromEntries(different), ...(password && { password }), ...(unlocked && { password: null }) };
}

function slowOptions({ slow_mode_seconds: now = 0 }) {
  const all = SLOW.includes(now) ? SLOW : [...SLOW, now].sort((one, other) => one - other);
  return all.map((seconds) => [String(seconds), seconds ? say('chat.slow-about', { seconds }) : say('chat.slow-off')]);
}

define('chat-edit-room', EditRoom);
