import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { direct } from '../chat/rooms.js';
import { accept, block, cancel, changes, decline, friends, part, requests } from './friends.js';
import './find-friend.js';
import '../kit/avatar.js';
import '../kit/confirm.js';
import '../kit/empty.js';
import '../kit/list.js';
import '../kit/menu.js';
import '../kit/row.js';

/** Friends: who wants to be one, whom I asked, who is one and there. */
class Friends extends Element {
  static properties = { asking: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
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
      section {
        display: grid;
        gap: var(--space-3);
        min-inline-size: 0;
        padding: var(--space-5);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      h2 {
        font-size: var(--text-large);
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  #ends;

  connectedCallback() {
    super.connectedCallback();
    this.#ends = changes.subscribe(() => this.renderRoot.querySelectorAll('m-list').forEach((list) => list.refresh()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#ends();
  }

  updated() {
    heading.set(say('people.friends'));
  }

  render() {
    return html`<h1>${say('people.friends')}</h1>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <section aria-labelledby="find">
        <h2 id="find">${say('people.find')}</h2>
        <people-find-friend></people-find-friend>
      </section>
      <section aria-labelledby="incoming">
        <h2 id="incoming">${say('people.incoming')}</h2>
        <m-list label=${say('people.incoming')} .load=${(cursor) => requests('incoming', cursor)} .row=${this.#incoming}>
          <p class="muted">${say('people.incoming-none')}</p>
        </m-list>
      </section>
      <section aria-labelledby="mine">
        <h2 id="mine">${say('people.mine')}</h2>
        <m-list label=${say('people.mine')} .load=${friends} .row=${this.#friend}>
          <m-empty icon="people" heading=${say('people.none')} text=${say('people.none-about')}></m-empty>
        </m-list>
      </section>
      <section aria-labelledby="outgoing">
        <h2 id="outgoing">${say('people.outgoing')}</h2>
        <m-list label=${say('people.outgoing')} .load=${(cursor) => requests('outgoing', cursor)} .row=${this.#outgoing}>
          <p class="muted">${say('people.outgoing-none')}</p>
        </m-list>
      </section>
      ${this.asking ? this.#question(this.asking) : nothing}`;
  }

  #incoming = (person) => html`<m-row name=${person.nickname} detail=${handle(person)}>
    <m-avatar slot="sign" .person=${person}></m-avatar>
    <button class="quiet" type="button" aria-label=${say('people.decline-named', person)} @click=${() => this.#try(() => decline(person.id))}>${say('people.decline')}</button>
    <button class="primary" type="button" aria-label=${say('people.accept-named', person)} @click=${() => this.#try(() => accept(person.id), say('people.accepted', person))}>
      ${say('people.accept')}
    </button>
  </m-row>`;

  #outgoing = (person) => html`<m-row name=${person.nickname} detail=${handle(person)}>
    <m-avatar slot="sign" .person=${person}></m-avatar>
    <button type="button" aria-label=${say('people.cancel-named', person)} @click=${() => this.#try(() => cancel(person.id))}>${say('people.cancel')}</button>
  </m-row>`;

  #friend = (person) => html`<m-row name=${person.nickname} detail=${[person.online && say('people.online'), person.status_message || handle(person)].filter(Boolean).join(' · ')}>
    <m-avatar slot="sign" .person=${person} ?online=${person.online}></m-avatar>
    <button type="button" aria-label=${say('people.talk-named', person)} @click=${() => this.#try(() => talk(person))}>${say('people.talk')}</button>
    <m-menu
      label=${say('people.more', person)}
      .items=${[
        { icon: 'person-x', text: say('people.part'), act: () => (this.asking = { person, deed: 'part', act: part }) },
        { icon: 'person-slash', text: say('people.block'), kind: 'harm', act: () => (this.asking = { person, deed: 'block', act: block }) },
      ]}
    ></m-menu>
  </m-row>`;

  #question({ person, deed, act }) {
    return html`<m-confirm
      heading=${say(`people.${deed}-named`, person)}
      text=${say(`people.${deed}-about`, person)}
      action=${say(`people.${deed}`)}
      .act=${() => act(person.id)}
      @close=${() => (this.asking = null)}
    ></m-confirm>`;
  }

  async #try(deed, told) {
    this.error = '';
    try {
      await deed();
      if (told) toast(told);
    } catch (error) {
      this.error = error.message;
    }
  }
}

const handle = ({ username }) => (username ? `@${username}` : '');

const talk = async ({ id }) => go(`/chat/${(await direct(id)).id}`);

define('people-friends', Friends);
