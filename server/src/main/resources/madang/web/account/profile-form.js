import { css, html } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { choice, field, fields } from '../kit/field.js';
import { Form } from '../kit/form.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { saveProfile, session } from '../identity/session.js';
import '../kit/avatar.js';

const LANGUAGES = [
  ['ko', '한국어'],
  ['en', 'English'],
];

/** How others see me, and how the page speaks to me. */
class ProfileForm extends Element {
  static styles = [
    buttons,
    fields,
    css`
      .who {
        display: flex;
        align-items: center;
        gap: var(--space-3);
      }
      m-avatar {
        --avatar-size: calc(var(--control) * 1.5);
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 16ch), 1fr));
        gap: var(--space-4);
      }
      .done {
        justify-self: start;
      }
    `,
  ];

  #form = new Form(this, async (values) => {
    await saveProfile({ ...values, status_message: values.status_message || null });
    toast(say('account.saved'));
  });

  constructor() {
    super();
    this.watch(session);
  }

  render() {
    const form = this.#form;
    const { user } = session.value;
    if (!user) return '';
    return html`<form novalidate @submit=${form.onsubmit}>
      <div class="who">
        <m-avatar .person=${user}></m-avatar>
        <div><b>${user.nickname}</b><br /><span class="muted small">${user.username ? `@${user.username}` : user.email}</span></div>
      </div>
      ${field({ name: 'nickname', label: say('account.nickname'), value: user.nickname, autocomplete: 'nickname', error: form.error('nickname') })}
      ${field({
        name: 'status_message',
        label: say('account.status-message'),
        value: user.status_message ?? '',
        error: form.error('status_message'),
      })}
      <div class="pair">
        ${choice({ name: 'language', label: say('account.language'), options: LANGUAGES, value: user.language })}
        ${choice({ name: 'time_zone', label: say('account.time-zone'), options: zones(user.time_zone), value: user.time_zone })}
      </div>
      ${form.summary('nickname', 'status_message')}
      <div class="done">${button({ text: say('kit.save'), kind: 'primary', type: 'submit', busy: form.busy })}</div>
    </form>`;
  }
}

const known = Intl.supportedValuesOf('timeZone');

/** The zones that this browser knows, and the account's own, which it may not. */
const zones = (mine) => (known.includes(mine) ? known : [mine, ...known]).map((name) => [name, name.replaceAll('_', ' ')]);

define('account-profile-form', ProfileForm);
