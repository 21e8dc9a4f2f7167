import { css, html, nothing } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { copy } from '../kit/copy.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { linkTo } from './links.js';
import { may } from './may.js';
import '../kit/menu.js';
import '../kit/popover.js';
import './emoji-picker.js';

/** What can be done with one message: the usual at once, the rest behind a menu. */
class MessageTools extends Element {
  static properties = { message: { attribute: false }, threaded: { attribute: false } };

  static styles = [
    buttons,
    css`
      .tools {
        display: flex;
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      .tools > button {
        min-block-size: var(--space-6);
        inline-size: var(--space-6);
      }
      m-menu {
        --control: var(--space-6);
      }
      @media (pointer: coarse) {
        .tools > button {
          min-block-size: var(--touch);
          inline-size: var(--touch);
        }
      }
    `,
  ];

  render() {
    const { react, reply, thread } = may(this.message);
    const more = this.#more();
    if (!reply && more.length === 0) return nothing;
    return html`<div class="tools" role="toolbar" aria-label=${say('chat.message-tools')}>
        ${react ? iconButton({ icon: 'emoji-smile', label: say('chat.react'), popup: 'dialog', onclick: ({ currentTarget }) => this.#pick(currentTarget) }) : nothing}
        ${reply ? this.#tool('reply', 'reply', say('chat.reply')) : nothing}
        ${thread && !this.threaded ? iconButton({ icon: 'chat-left-text', label: say('chat.answer-in-thread'), onclick: () => this.tell('thread', this.message.thread ?? this.message.id) }) : nothing}
        ${more.length ? html`<m-menu label=${say('chat.more')} .items=${more}></m-menu>` : nothing}
      </div>
      ${react ? html`<m-popover><chat-emoji-picker @picked=${this.#picked}></chat-emoji-picker></m-popover>` : nothing}`;
  }

  #tool(icon, wish, label) {
    return iconButton({ icon, label, onclick: () => this.tell(wish, this.message) });
  }

  #more() {
    const { message } = this;
    const can = may(message);
    const wish = (name) => () => this.tell(name, message);
    return [
      can.edit && { icon: 'pencil', text: say('chat.edit'), act: wish('edit') },
      can.pin && { icon: message.pinned_at ? 'pin-angle-fill' : 'pin-angle', text: say(message.pinned_at ? 'chat.unpin' : 'chat.pin'), act: wish('pin') },
      can.link && { icon: 'link-45deg', text: say('chat.copy-link'), act: () => copy(location.origin + linkTo(this.message), say('chat.link-copied')) },
      can.report && { icon: 'flag', text: say('chat.report'), act: wish('report') },
      can.remove && { icon: 'trash3', text: say('chat.delete'), kind: 'harm', act: wish('remove') },
    ].filter(Boolean);
  }

  #pick(anchor) {
    this.$('m-popover').openBeside(anchor);
  }

  #picked = ({ detail: emoji }) => {
    this.$('m-popover').close();
    this.tell('react', { message: this.message, emoji, on: true });
  };
}

define('chat-message-tools', MessageTools);
