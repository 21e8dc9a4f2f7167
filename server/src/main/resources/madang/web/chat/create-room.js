import { html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { roomType } from './room-type.js';
import { create } from './rooms.js';
import '../kit/dialog.js';

class CreateRoom extends Element {
  static styles = [buttons, fields];

  #form = new Form(this, async ({ name, description, type, password }) => {
    this.tell('entered', await create({ name, type, ...(description && { description }), ...(password && { password }) }));
  });

  render() {
    const form = this.#form;
    return html`<m-dialog heading=${say('chat.create')}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({ name: 'name', label: say('chat.name'), hint: say('chat.name-hint'), error: form.error('name'), autofocus: true })}
        ${field({ name: 'description', label: say('chat.description'), error: form.error('description') })}
        ${roomType('public')}
        ${field({ name: 'password', type: 'password', label: say('chat.password'), hint: say('chat.password-none'), autocomplete: 'new-password', error: form.error('password') })}
        ${form.summary('name', 'description', 'password')} ${button({ text: say('chat.create'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }
}

define('chat-create-room', CreateRoom);
