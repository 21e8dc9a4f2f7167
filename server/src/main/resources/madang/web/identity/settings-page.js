import { css, html } from 'lit';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { say } from '../kit/texts.js';
import '../chat/blocks.js';
import './password-form.js';
import './profile-form.js';
import './leaving.js';

class Settings extends Element {
  static styles = css`
    :host {
      display: grid;
      gap: var(--space-5);
      inline-size: min(100%, var(--measure));
      margin-inline: auto;
      padding: var(--space-5) var(--space-4) var(--space-6);
    }
    h1 {
      font-size: var(--text-title);
    }
    section {
      display: grid;
      gap: var(--space-4);
      padding: var(--space-5);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
    }
    h2 {
      font-size: var(--text-large);
    }
  `;

  updated() {
    heading.set(say('identity.settings'));
  }

  render() {
    return html`<h1>${say('identity.settings')}</h1>
      <section aria-labelledby="profile">
        <h2 id="profile">${say('identity.profile')}</h2>
        <identity-profile-form></identity-profile-form>
      </section>
      <section aria-labelledby="password">
        <h2 id="password">${say('identity.change-password')}</h2>
        <identity-password-form></identity-password-form>
      </section>
      <section aria-label=${say('chat.blocked')}><chat-blocks></chat-blocks></section>
      <section aria-labelledby="leaving">
        <h2 id="leaving">${say('identity.sessions')}</h2>
        <identity-leaving></identity-leaving>
      </section>`;
  }
}

define('identity-settings', Settings);
