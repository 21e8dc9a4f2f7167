import { html } from 'lit';
import { ApiError } from '../client/api-error.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { lookUpPerson } from './deeds.js';
import { learn } from './people.js';

/** Finds somebody by the handle that they go by. Tells `found`. */
class HandleField extends Element {
  static properties = { action: {} };

  static styles = [buttons, fields];

  #form = new Form(this, async ({ handle }, form) => {
    const person = await lookUpPerson(handle.trim().replace(/^@/, ''));
    if (!person) throw nobody();
    learn(person);
    form.reset();
    this.tell('found', person);
  });

  render() {
    const form = this.#form;
    const error = form.error('handle');
    return html`<form novalidate @submit=${form.onsubmit}>
      ${field({ name: 'handle', label: say('chat.handle'), hint: say('chat.handle-hint'), error, autofocus: true, required: true, maxlength: 40 })}
      ${form.summary('handle')} ${button({ text: this.action, kind: 'primary', type: 'submit', busy: form.busy })}
    </form>`;
  }

  firstUpdated() {
    this.$('input').focus();
  }
}

const nobody = () => new ApiError({ code: 'USER_NOT_FOUND', message: '', details: { handle: say('chat.nobody') } });

define('chat-handle-field', HandleField);
