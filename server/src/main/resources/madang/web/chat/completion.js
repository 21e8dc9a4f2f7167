import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { membersOf } from './deeds.js';
import { fold, meet } from './people.js';
import { moderates } from './rooms.js';
import { session } from '../identity/session.js';
import '../kit/avatar.js';
import '../kit/icon.js';

const SHOWN = 6;

/**
 * While somebody is being named: who it may be. The composer keeps the focus and hands its keys over
 * with `press`. Tells `named` with the handle.
 */
class Completion extends Element {
  static properties = { room: { attribute: false }, query: {}, members: { state: true }, chosen: { state: true } };

  static styles = css`
    ul {
      margin-block-end: var(--space-1);
      padding: var(--space-1);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      box-shadow: var(--shadow);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--space-3);
      min-block-size: var(--control);
      padding: 0 var(--space-3);
      border-radius: var(--radius-small);
      cursor: pointer;
    }
    li[aria-selected='true'] {
      background: var(--accent-soft);
    }
    m-avatar {
      --avatar-size: var(--space-5);
    }
    m-icon {
      inline-size: var(--space-5);
      color: var(--muted);
    }
    @media (pointer: coarse) {
      li {
        min-block-size: var(--touch);
      }
    }
  `;

  constructor() {
    super();
    this.members = [];
    this.chosen = 0;
  }

  willUpdate(changes) {
    if (changes.has('room') && changes.get('room')?.id !== this.room.id) this.#learn();
    if (changes.has('query')) this.chosen = 0;
  }

  render() {
    const found = this.#found();
    if (found.length === 0) return nothing;
    return html`<ul role="listbox" id="people" aria-label=${say('chat.who-to-name')}>
      ${found.map((one, at) => this.#row(one, at))}
    </ul>`;
  }

  #row(person, at) {
    return html`<li role="option" id="person-${at}" aria-selected=${at === this.chosen} @pointermove=${() => (this.chosen = at)} @pointerdown=${(press) => this.#choose(person, press)}>
      ${person.id ? html`<m-avatar .person=${person}></m-avatar>` : html`<m-icon name="people"></m-icon>`}
      <span>${person.nickname}</span><span class="muted small">@${person.username}</span>
    </li>`;
  }

  /** Whether the key was for this list. */
  press(event) {
    const found = this.#found();
    if (found.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.chosen = (this.chosen + step + found.length) % found.length;
    else if (event.key === 'Enter' || event.key === 'Tab') this.tell('named', found[this.chosen].username);
    else if (event.key === 'Escape') this.tell('named', null);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #choose(person, press) {
    press.preventDefault();
    this.tell('named', person.username);
  }

  /** Names that begin so come before those that only contain it. */
  #found() {
    const wanted = beginnings(fold(this.query));
    const people = this.members.filter(({ id, username }) => username && id !== session.value.user?.id);
    const everybody = moderates(this.room) ? [{ username: 'all', nickname: say('chat.name-all') }] : [];
    const fits = ({ nickname, username }) => Math.min(...[nickname, username].flatMap((name) => wanted.map((beginning) => place(fold(name), beginning))));
    return [...people, ...everybody].filter((one) => fits(one) < 2).sort((one, other) => fits(one) - fits(other)).slice(0, SHOWN);
  }

  async #learn() {
    const { id } = this.room;
    const members = await membersOf(id).catch(() => []);
    meet(members);
    if (this.room.id === id) this.members = members;
  }
}

/** A syllable that is still being composed may lose its last sound to the next one: 민 is on the way to 미나. */
function beginnings(query) {
  const settled = query.replace(/[\u3131-\u318e]+$/, '');
  const syllable = (settled.codePointAt(settled.length - 1) ?? 0) - 0xac00;
  const hasFinal = syllable >= 0 && syllable < 11172 && syllable % 28 > 0;
  return hasFinal ? [settled, settled.slice(0, -1) + String.fromCodePoint(0xac00 + syllable - (syllable % 28))] : [settled];
}

const place = (name, wanted) => (name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : 2);

/** What stands between an `@` and the cursor, if somebody is being named there: `{start, query}`. */
export function namingAt(text, cursor) {
  const found = text.slice(0, cursor).match(/(?:^|[^\p{L}\p{N}._-])@([\p{L}\p{N}._-]{0,32})$/u);
  return found && { start: cursor - found[1].length - 1, query: found[1] };
}

define('chat-completion', Completion);
