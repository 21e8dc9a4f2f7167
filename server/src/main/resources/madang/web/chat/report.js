import { html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { report } from './deeds.js';
import '../kit/dialog.js';

const REASONS = ['spam', 'abuse', 'sexual', 'self_harm', 'illegal', 'other'];

/** Asks the administrators to look at a message or at somebody. */
class Report extends Element {
  static properties = { about: { attribute: false } };

  static styles = [buttons, fields];

  #form = new Form(this, async ({ reason, text }) => {
    await report({ ...subjectOf(this.about), reason, ...(text.trim() && { text }) });
    toast(say('chat.reported'));
    this.$('m-dialog').close();
  });

  render() {
    const form = this.#form;
    const options = REASONS.map((reason) => [reason, say(`chat.reason.${reason.replace('_', '-')}`)]);
    return html`<m-dialog heading=${say('chat.report')}>
      <form novalidate @submit=${form.onsubmit}>
        <p class="hint">${say('chat.report-about')}</p>
        ${choice({ name: 'reason', label: say('chat.reason'), options, value: 'spam' })}
        ${field({ name: 'text', label: say('chat.report-text'), tall: true, maxlength: 2000, error: form.error('text') })}
        ${form.summary('text')} ${button({ text: say('chat.report-send'), kind: 'primary', type: 'submit', busy: form.busy })}
      </form>
    </m-dialog>`;
  }
}

/** A message is found by its room; what is reported otherwise says itself what it is. */
const subjectOf = (about) => (about.subject_type ? about : { subject_type: 'message', subject_id: about.id, room: about.room });

define('chat-report', Report);
