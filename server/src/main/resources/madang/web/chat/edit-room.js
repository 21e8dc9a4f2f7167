import { html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { change } from './rooms.js';
import '../kit/dialog.js';

class EditRoom extends Element {
  static properties = { room: { attribute: false } };

  static styles = [buttons, fields];

  #form = new Form(this, async ({ name, description }) => {
    await change(this.room.id, { name, description });
    this.$('m-dialog').close();
  });

  render() {
    const form = this.#form;
    const { name, description } = this.room;
    return html`<m-dialog heading=${say('chat.edit-room')}>
      <form novalidate @submit=${form.onsubmit}>
        ${field({ name: 'name', label: say('chat.name'), value: name, error: form.error('name'), autofocus: true })}
        ${field({ name: 'description', label: say('chat.description'), value: description, tall: true, error: form.error('description') })}
        ${form.summary('name', 'description')} ${button({ text: say('kit.save'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }
}

define('chat-edit-room', EditRoom);
