import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { say } from '../kit/texts.js';
import { hasPassword, session } from '../identity/session.js';
import '../chat/blocks.js';
import '../events/feed.js';
import '../events/google-calendar.js';
import '../events/reminders.js';
import './consents.js';
import './contacts.js';
import './devices.js';
import './export.js';
import './guest-form.js';
import './leaving.js';
import './links.js';
import './passkeys.js';
import './password-form.js';
import './profile-form.js';
import './withdraw.js';

/** What stands on each part of the settings: the name of its words, and its component. */
const PARTS = {
  profile: {
    path: '/settings',
    sections: () => [
      session.value.user?.guest && ['guest', html`<account-guest-form></account-guest-form>`],
      ['profile', html`<account-profile-form></account-profile-form>`],
      ['sessions', html`<account-leaving></account-leaving>`],
    ],
  },
  security: {
    path: '/settings/security',
    sections: (failure) => [
      ['passkeys', html`<account-passkeys></account-passkeys>`],
      ['contacts', html`<account-contacts></account-contacts>`],
      [hasPassword() ? 'change-password' : 'first-password', html`<account-password-form></account-password-form>`],
      ['links', html`<account-links .failure=${failure}></account-links>`],
      ['devices', html`<account-devices></account-devices>`],
    ],
  },
  calendar: {
    path: '/settings/calendar',
    sections: (failure) => [
      ['google-calendar', html`<events-google-calendar .failure=${failure}></events-google-calendar>`],
      ['reminders', html`<events-reminders></events-reminders>`],
      ['feed', html`<events-feed></events-feed>`],
    ],
  },
  privacy: {
    path: '/settings/privacy',
    sections: () => [
      ['consents', html`<account-consents></account-consents>`],
      ['blocked', html`<chat-blocks></chat-blocks>`],
      ['export', html`<account-export></account-export>`],
      ['withdraw', html`<account-withdraw></account-withdraw>`],
    ],
  },
};

/** The reader's account, in a few parts of their own addresses. */
class Settings extends Element {
  static properties = { part: {}, failure: {} };

  static styles = css`
    :host {
      display: grid;
      align-content: start;
      gap: var(--space-5);
      inline-size: min(100%, var(--measure));
      margin-inline: auto;
      padding: var(--space-5) var(--space-4) var(--space-6);
    }
    h1 {
      font-size: var(--text-title);
    }
    nav ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--space-2);
    }
    nav a {
      display: grid;
      align-items: center;
      min-block-size: var(--touch);
      padding-inline: var(--space-4);
      border: var(--hairline) solid var(--line);
      border-radius: var(--pill);
      background: var(--surface);
      color: var(--ink);
      font-weight: var(--bold);
      text-decoration: none;
    }
    nav a:hover {
      background: var(--sunken);
    }
    nav a[aria-current] {
      border-color: var(--accent);
      background: var(--accent-soft);
      color: var(--accent);
    }
    section {
      display: grid;
      gap: var(--space-4);
      min-inline-size: 0;
      padding: var(--space-5);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
    }
    h2 {
      font-size: var(--text-large);
    }
  `;

  constructor() {
    super();
    this.watch(session);
  }

  updated() {
    heading.set(say('account.settings'));
  }

  render() {
    return html`<h1>${say('account.settings')}</h1>
      <nav aria-label=${say('account.parts')}>
        <ul>
          ${Object.entries(PARTS).map(
            ([name, { path }]) => html`<li><a href=${path} aria-current=${name === this.part ? 'page' : nothing}>${say(`account.${name}`)}</a></li>`,
          )}
        </ul>
      </nav>
      ${PARTS[this.part].sections(this.failure).filter(Boolean).map(section)}`;
  }
}

const section = ([name, content]) =>
  html`<section aria-labelledby=${name}>
    <h2 id=${name}>${say(`account.${name}`)}</h2>
    ${content}
  </section>`;

define('account-settings', Settings);
