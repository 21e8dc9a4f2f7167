import { css, html, nothing } from 'lit';
import { button, buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { go } from '../kit/router.js';
import { say } from '../kit/texts.js';
import { learn } from './people.js';
import { expel, isMember, isOwner, leave, members, moderates, remove } from './rooms.js';
import '../kit/confirm.js';
import '../kit/list.js';
import './edit-room.js';
import './member-row.js';

/** What the room is about, who belongs to it, and the way out. */
class RoomPanel extends Element {
  static properties = { room: { attribute: false }, online: { attribute: false }, asked: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        inline-size: min(var(--panel), 100vw);
        block-size: 100%;
        overflow: auto;
        border-inline-start: var(--hairline) solid var(--line);
        background: var(--paper);
      }
      header {
        position: sticky;
        z-index: 1;
        inset-block-start: 0;
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-block-size: var(--bar);
        padding: 0 var(--space-2) 0 var(--space-4);
        background: var(--paper);
      }
      section {
        padding: var(--space-2) var(--space-4) var(--space-4);
      }
      h3 {
        margin-block-end: var(--space-2);
        color: var(--muted);
        font-size: var(--text-small);
      }
      .steps {
        display: grid;
        gap: var(--space-2);
        padding-block-end: calc(var(--space-4) + env(safe-area-inset-bottom));
      }
    `,
  ];

  render() {
    const { room } = this;
    return html`<header>
        <h2>${say('chat.about-room')}</h2>
        ${iconButton({ icon: 'x-lg', label: say('kit.close'), onclick: () => this.tell('close') })}
      </header>
      <section><p class=${room.description ? '' : 'muted'}>${room.description || say('chat.no-description')}</p></section>
      <section>
        <h3>${say('chat.member-count', { count: room.member_count })}</h3>
        <m-list label=${say('chat.members')} .load=${this.#load} .row=${this.#row}></m-list>
      </section>
      <section class="steps">
        ${moderates(room) ? button({ text: say('chat.edit-room'), icon: 'pencil', onclick: () => (this.asked = 'edit') }) : nothing}
        ${isMember(room) && !isOwner(room) && !room.is_default ? button({ text: say('chat.leave'), icon: 'box-arrow-right', onclick: () => (this.asked = 'leave') }) : nothing}
        ${isOwner(room) && !room.is_default ? button({ text: say('chat.delete-room'), icon: 'trash3', onclick: () => (this.asked = 'delete') }) : nothing}
      </section>
      <div @close=${this.#answered}>${this.#question()}</div>`;
  }

  firstUpdated() {
    this.$('header button').focus();
  }

  updated(changes) {
    const before = changes.get('room');
    if (before && before.member_count !== this.room.member_count) this.$('m-list').refresh();
    if (changes.has('online')) this.$('m-list').requestUpdate();
  }

  #load = async (cursor) => {
    const page = await members(this.room.id, cursor);
    page.items.forEach(learn);
    return page;
  };

  #row = (member) => html`<chat-member-row
    .member=${member}
    .online=${this.online.has(member.id)}
    .removable=${moderates(this.room) && member.role !== 'owner'}
    @expel=${() => (this.asked = member)}
  ></chat-member-row>`;

  #question() {
    const { asked, room } = this;
    if (!asked) return nothing;
    if (asked === 'edit') return html`<chat-edit-room .room=${room}></chat-edit-room>`;
    if (asked === 'leave') return this.#confirm(say('chat.leave'), 'chat.leave-about', {}, () => this.#out(leave(room.id)));
    if (asked === 'delete') return this.#confirm(say('chat.delete-room'), 'chat.delete-room-about', {}, () => this.#out(remove(room.id)));
    return this.#confirm(say('chat.expel'), 'chat.expel-about', asked, async () => {
      await expel(room.id, asked.id);
      this.$('m-list').refresh();
    });
  }

  #confirm(deed, about, values, act) {
    const text = say(about, { room: this.room.name, ...values });
    return html`<m-confirm heading=${deed} text=${text} action=${deed} .act=${act}></m-confirm>`;
  }

  async #out(leaving) {
    await leaving;
    go('/chat');
  }

  #answered = (event) => {
    event.stopPropagation();
    this.asked = null;
  };
}

define('chat-room-panel', RoomPanel);
