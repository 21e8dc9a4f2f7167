import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { has, say } from '../kit/texts.js';
import { exact } from '../kit/time.js';
import { session } from '../identity/session.js';
import { ban, block, changeMember, expel, memberOf } from './deeds.js';
import { present } from './line.js';
import { mutedUntil } from './member-row.js';
import { learn, personOf } from './people.js';
import { direct, isOwner, moderates, nameOf, refresh, roomOf } from './rooms.js';
import '../kit/avatar.js';
import '../kit/confirm.js';
import '../kit/dialog.js';

const MUTES = [
  ['chat.mute-minutes', 10 * 60_000],
  ['chat.mute-hour', 3_600_000],
  ['chat.mute-day', 86_400_000],
];

/** Who somebody is, and what one may do: talk to them, and where one keeps the room, keep it. */
class PersonCard extends Element {
  static properties = { person: { attribute: false }, room: {}, member: { state: true }, asked: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      .who {
        display: flex;
        align-items: center;
        gap: var(--space-4);
        margin-block-end: var(--space-4);
      }
      .who m-avatar {
        --avatar-size: var(--bar);
      }
      .who p {
        min-inline-size: 0;
      }
      .who b,
      .who span {
        display: block;
      }
      .deeds {
        display: grid;
        gap: var(--space-2);
      }
      .keeping {
        display: grid;
        margin-block-start: var(--space-4);
        padding-block-start: var(--space-3);
        border-block-start: var(--hairline) solid var(--line);
      }
      h3 {
        margin-block-end: var(--space-1);
        color: var(--muted);
        font-size: var(--text-small);
      }
      .keeping button {
        justify-content: start;
        font-weight: normal;
      }
      .mutes {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-1) 0;
      }
      .mutes span {
        flex: 1 0 auto;
        padding-inline-start: var(--space-4);
      }
      .keeping .mutes button {
        justify-content: center;
        min-block-size: var(--space-6);
        padding: 0 var(--space-3);
        border-color: var(--line);
        font-size: var(--text-small);
      }
      .error {
        margin-block-start: var(--space-2);
        color: var(--danger);
      }
    `,
  ];

  constructor() {
    super();
    this.watch(present);
  }

  connectedCallback() {
    super.connectedCallback();
    this.#meet();
  }

  render() {
    const person = { ...this.person, ...personOf(this.person.id), ...this.member };
    const isMe = person.id === session.value.user?.id;
    const isHere = present.value.has(person.id);
    const role = has(`chat.role.${person.role}`) ? say(`chat.role.${person.role}`) : '';
    return html`<m-dialog heading=${say('chat.person')}>
        <div class="who">
          <m-avatar .person=${person} ?online=${isHere}></m-avatar>
          <p>
            <b>${person.nickname}</b>
            <span class="muted small">${[person.username && `@${person.username}`, isHere && say('chat.online'), role].filter(Boolean).join(' · ')}</span>
            ${person.status_message ? html`<span>${person.status_message}</span>` : nothing}
          </p>
        </div>
        <div class="deeds">
          ${button({ text: say(isMe ? 'chat.notes' : 'chat.message-to'), icon: 'chat-left-text', kind: 'primary', busy: this.busy, onclick: () => this.#try(() => this.#talk(person)) })}
        </div>
        ${isMe ? nothing : this.#keeping()}
        ${isMe
          ? nothing
          : html`<div class="keeping">
              ${button({ text: say('chat.report-person'), icon: 'flag', kind: 'quiet', onclick: () => this.tell('report', { subject_type: 'user', subject_id: person.id }) })}
              ${button({ text: say('chat.block'), icon: 'person-slash', kind: 'harm', onclick: () => (this.asked = 'block') })}
            </div>`}
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      </m-dialog>
      <div @close=${this.#answered}>${this.#question(person)}</div>`;
  }

  /** Only whom one may keep: moderators the members, the owner everybody. */
  #keeping() {
    const room = roomOf(this.room);
    const { member } = this;
    if (!member || !moderates(room) || room.type === 'direct' || member.role === 'owner' || (member.role === 'moderator' && !isOwner(room))) return nothing;
    return html`<div class="keeping">
      <h3>${say('chat.in-room', { room: nameOf(room) })}</h3>
      ${isOwner(room) ? this.#roles(member) : nothing} ${this.#mutes(member)}
      ${button({ text: say('chat.expel'), icon: 'person-dash', kind: 'quiet', onclick: () => (this.asked = 'expel') })}
      ${room.is_default ? nothing : button({ text: say('chat.ban'), icon: 'slash-circle', kind: 'harm', onclick: () => (this.asked = 'ban') })}
    </div>`;
  }

  #roles({ role }) {
    const other = role === 'moderator' ? 'member' : 'moderator';
    return html`${button({ text: say(`chat.make-${other}`), icon: 'shield', kind: 'quiet', onclick: () => this.#change({ role: other }) })}
      ${button({ text: say('chat.pass-on'), icon: 'key', kind: 'quiet', onclick: () => (this.asked = 'owner') })}`;
  }

  #mutes(member) {
    const until = mutedUntil(member);
    if (until) return button({ text: say('chat.unmute'), icon: 'mic', kind: 'quiet', onclick: () => this.#change({ muted_until: null }) });
    return html`<div class="mutes" role="group" aria-label=${say('chat.mute')}>
      <span>${say('chat.mute')}</span>
      ${MUTES.map(([key, millis]) => button({ text: say(key), onclick: () => this.#change({ muted_until: new Date(Date.now() + millis).toISOString() }) }))}
    </div>`;
  }

  #question({ id, nickname }) {
    const { room, asked } = this;
    const questions = {
      block: ['chat.block', 'chat.block-about', () => block(id)],
      expel: ['chat.expel', 'chat.expel-about', () => expel(room, id)],
      ban: ['chat.ban', 'chat.ban-about', () => ban(room, id)],
      owner: ['chat.pass-on', 'chat.pass-on-about', () => changeMember(room, id, { role: 'owner' }).then(refresh)],
    };
    if (!asked) return nothing;
    const [deed, about, act] = questions[asked];
    const text = say(about, { nickname, room: nameOf(roomOf(room) ?? { name: '' }) });
    return html`<m-confirm heading=${say(deed)} text=${text} action=${say(deed)} .act=${() => this.#away(act())}></m-confirm>`;
  }

  /** As a member of this room, if they are one: roles and silences stand there. */
  async #meet() {
    if (!roomOf(this.room)) return;
    this.member = await memberOf(this.room, this.person.id).catch(() => null);
    if (this.member) learn(this.member);
  }

  async #talk({ id }) {
    this.tell('entered', await direct(id));
  }

  #change(fields) {
    return this.#try(async () => {
      await changeMember(this.room, this.person.id, fields);
      await this.#meet();
    });
  }

  async #away(leaving) {
    await leaving;
    queueMicrotask(() => this.$('m-dialog')?.close());
  }

  async #try(act) {
    this.busy = true;
    this.error = '';
    try {
      await act();
    } catch (error) {
      this.error = error.message || say('kit.unreachable');
    }
    this.busy = false;
  }

  #answered = (event) => {
    event.stopPropagation();
    this.asked = null;
  };
}

define('chat-person-card', PersonCard);
