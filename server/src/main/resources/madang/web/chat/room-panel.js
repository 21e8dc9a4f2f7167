import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { members } from './deeds.js';
import { meet } from './people.js';
import { isMember, isOwner, isWithMyself, leave, moderates, nameOf } from './rooms.js';
import '../kit/confirm.js';
import '../kit/list.js';
import '../kit/side.js';
import './member-row.js';

const dialogs = {
  edit: { load: () => import('./edit-room.js'), view: (room) => html`<chat-edit-room .room=${room}></chat-edit-room>` },
  invite: { load: () => import('./invite.js'), view: (room) => html`<chat-invite .room=${room}></chat-invite>` },
  bans: { load: () => import('./bans.js'), view: (room) => html`<chat-bans .room=${room}></chat-bans>` },
};

/** What the room is about, who belongs to it, and the way out. */
class RoomPanel extends Element {
  static properties = { room: { attribute: false }, line: { attribute: false }, online: { attribute: false }, asked: { state: true } };

  static styles = [
    buttons,
    css`
      section {
        padding: var(--space-3) var(--space-4);
      }
      section + section {
        border-block-start: var(--hairline) solid var(--line);
      }
      section.people {
        padding-inline: var(--space-2);
      }
      .people .top {
        display: flex;
        align-items: center;
        justify-content: space-between;
        padding-inline: var(--space-2);
      }
      h3 {
        color: var(--muted);
        font-size: var(--text-small);
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--space-3);
        margin-block-start: var(--space-2);
      }
      .steps {
        display: grid;
        padding-inline: var(--space-2);
      }
      .steps button {
        justify-content: start;
        font-weight: normal;
      }
    `,
  ];

  render() {
    const { room } = this;
    const isDirect = room.type === 'direct';
    return html`<m-side heading=${say('chat.about-room')}>
        ${isDirect ? nothing : this.#about(room)}
        <section class="steps">
          ${this.#step('chat.pins', 'pin-angle', () => this.tell('panel', 'pins'))}
          ${isDirect && !isWithMyself(room) ? this.#step('chat.about-person', 'person', () => this.tell('person', room.peer)) : nothing}
          ${moderates(room) && !isDirect ? this.#step('chat.edit-room', 'gear', () => this.#ask('edit')) : nothing}
          ${moderates(room) && !isDirect ? this.#step('chat.bans', 'slash-circle', () => this.#ask('bans')) : nothing}
        </section>
        ${isDirect ? nothing : this.#people(room)}
        ${isMember(room) && !room.is_default && !isDirect ? html`<section class="steps">${this.#step('chat.leave', 'box-arrow-right', () => this.#ask('leave'))}</section>` : nothing}
      </m-side>
      <div @close=${this.#answered}>${this.#question()}</div>`;
  }

  #about({ description, max_members: most, slow_mode_seconds: slow, has_password: isLocked }) {
    return html`<section>
      <p class=${description ? '' : 'muted'}>${description || say('chat.no-description')}</p>
      ${most || slow || isLocked
        ? html`<p class="facts muted small">
            ${isLocked ? html`<span>${say('chat.has-password')}</span>` : nothing} ${most ? html`<span>${say('chat.at-most', { count: most })}</span>` : nothing}
            ${slow ? html`<span>${say('chat.slow-about', { seconds: slow })}</span>` : nothing}
          </p>`
        : nothing}
    </section>`;
  }

  #people(room) {
    return html`<section class="people">
      <div class="top">
        <h3>${say('chat.member-count', { count: room.member_count })}</h3>
        ${moderates(room) ? button({ text: say('chat.invite'), icon: 'person-plus', kind: 'quiet', onclick: () => this.#ask('invite') }) : nothing}
      </div>
      <m-list label=${say('chat.members')} .load=${this.#load} .row=${this.#row}></m-list>
    </section>`;
  }

  #step(key, icon, onclick) {
    return button({ text: say(key), icon, kind: 'quiet', onclick });
  }

  willUpdate(changes) {
    if (changes.has('line')) this.#listen();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#end.abort();
  }

  #end = new AbortController();

  /** Roles and silences change without a word in the room. */
  #listen() {
    this.#end.abort();
    this.#end = new AbortController();
    this.line?.addEventListener('room', () => this.refresh(), { signal: this.#end.signal });
  }

  updated(changes) {
    const before = changes.get('room');
    if (before && before.member_count !== this.room.member_count) this.refresh();
    if (changes.has('online')) this.$('m-list')?.requestUpdate();
  }

  /** Roles and members have changed. */
  refresh() {
    this.$('m-list')?.refresh();
  }

  #load = async (cursor) => {
    const page = await members(this.room.id, cursor);
    meet(page.items);
    return page;
  };

  #row = (member) => html`<chat-member-row .member=${member} .online=${this.online.has(member.id)}></chat-member-row>`;

  #question() {
    const { asked, room } = this;
    if (!asked) return nothing;
    if (asked !== 'leave') return dialogs[asked].view(room);
    const act = async () => {
      await leave(room.id);
      go('/chat');
    };
    return html`<m-confirm heading=${say('chat.leave')} text=${say(isOwner(room) ? 'chat.leave-owner-about' : 'chat.leave-about', { room: nameOf(room) })} action=${say('chat.leave')} .act=${act}></m-confirm>`;
  }

  async #ask(name) {
    await dialogs[name]?.load();
    this.asked = name;
  }

  #answered = (event) => {
    event.stopPropagation();
    this.asked = null;
    this.refresh();
  };
}

define('chat-room-panel', RoomPanel);
