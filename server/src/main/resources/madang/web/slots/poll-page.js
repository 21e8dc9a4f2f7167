import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { copy } from '../kit/copy.js';
import { define, Element } from '../kit/element.js';
import { heading } from '../kit/heading.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { zone } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { when } from '../kit/when.js';
import { session } from '../identity/session.js';
import { look, remove, settle, vote } from './polls.js';
import '../kit/confirm.js';
import '../kit/error.js';
import '../kit/skeleton.js';
import './poll-option.js';

/** A poll: each time with who can come; one's own answers are kept as they are given. Who asks settles on one. */
class PollPage extends Element {
  static properties = { code: {}, poll: { state: true }, asking: { state: true }, refusal: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--space-4);
        inline-size: min(100%, var(--measure));
        margin-inline: auto;
        padding: var(--space-5) var(--space-4) var(--space-6);
      }
      h1 {
        font-size: var(--text-title);
        line-height: 1.3;
      }
      ul {
        display: grid;
        gap: var(--space-3);
      }
      .deeds {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    this.watch(zone);
  }

  willUpdate(changes) {
    if (changes.has('code')) this.#load();
  }

  updated() {
    heading.set(this.poll?.title ?? say('slots.polls'));
  }

  render() {
    if (this.refusal) return html`<m-error .error=${this.refusal} action=${say('slots.to-polls')} @retry=${() => go('/polls')}></m-error>`;
    const { poll } = this;
    if (!poll) return html`<m-skeleton rows="6"></m-skeleton>`;
    const isMine = poll.creator_id === session.value.user?.id;
    return html`<h1>${poll.title}</h1>
      <p class="muted">${[say('slots.poll-by', { nickname: poll.creator?.nickname ?? say('slots.somebody') }), poll.location].filter(Boolean).join(' · ')}</p>
      ${poll.description ? html`<p>${poll.description}</p>` : nothing} ${poll.is_closed ? this.#settled(poll) : html`<p>${say('slots.poll-about')}</p>`}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <ul>
        ${poll.options.map((option) => html`<li><slots-poll-option .option=${option} .voters=${poll.voters} ?shut=${poll.is_closed} ?mine=${isMine} @answer=${({ detail }) => this.#answer(option.id, detail)} @settle=${() => (this.asking = { option })}></slots-poll-option></li>`)}
      </ul>
      <div class="deeds">
        ${poll.is_closed ? nothing : button({ text: say('slots.poll-share'), icon: 'link-45deg', onclick: () => copy(`${location.origin}/polls/${poll.code}`, say('slots.link-copied')) })}
        ${isMine ? button({ text: say('slots.poll-delete'), icon: 'trash3', kind: 'harm', onclick: () => (this.asking = { isDeleting: true }) }) : nothing}
      </div>
      ${this.asking ? this.#question(this.asking) : nothing}`;
  }

  #settled({ event_id: event }) {
    return html`<p>${say('slots.poll-is-settled')} <a href="/events/${event}">${say('slots.deed.open')}</a></p>`;
  }

  #question({ option, isDeleting }) {
    const [name, text, act] = isDeleting
      ? ['slots.poll-delete', say('slots.poll-delete-about'), () => this.#delete()]
      : ['slots.poll-settle', say('slots.poll-settle-about', { when: when(option) }), () => this.#settle(option)];
    return html`<m-confirm heading=${say(name)} text=${text} action=${say(name)} .act=${act} @close=${() => (this.asking = null)}></m-confirm>`;
  }

  async #answer(option, answer) {
    const votes = this.poll.options.map((one) => ({ option: one.id, answer: one.id === option ? answer : one.my_answer })).filter((one) => one.answer);
    this.error = '';
    try {
      this.poll = await vote(this.code, votes);
    } catch (error) {
      this.error = error.message;
      await this.#load();
    }
  }

  async #settle({ id }) {
    const { event_id: event } = await settle(this.code, id);
    toast(say('slots.poll-settled-told'));
    go(`/events/${event}`);
  }

  async #delete() {
    await remove(this.code);
    go('/polls');
  }

  async #load() {
    const { code } = this;
    try {
      const poll = await look(code);
      if (code !== this.code) return;
      this.poll = poll;
      this.refusal = null;
    } catch (error) {
      if (code === this.code) this.refusal = error;
    }
  }
}

define('slots-poll', PollPage);
