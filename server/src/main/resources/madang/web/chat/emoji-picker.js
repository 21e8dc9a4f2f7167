import { css, html } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { recall, remember } from '../kit/memory.js';
import { say } from '../kit/texts.js';

const USUAL = ['👍', '❤️', '😂', '🎉', '😮', '😢', '🙏', '👀', '✅', '🔥', '👏', '🍵'];
const EMOJI = /\p{RGI_Emoji}/v;

/** The usual emoji, those used last first, and a field for any other. Tells `picked`. */
class EmojiPicker extends Element {
  static styles = [
    buttons,
    css`
      .usual {
        display: grid;
        grid-template-columns: repeat(6, auto);
      }
      .usual button {
        min-inline-size: var(--control);
        padding: 0;
        border-color: transparent;
        background: none;
        font-size: var(--text-title);
        font-weight: normal;
        line-height: 1;
      }
      form {
        display: flex;
        gap: var(--space-1);
        padding: var(--space-1);
      }
      input {
        flex: 1;
        inline-size: 6em;
        min-inline-size: 0;
        padding: var(--space-1) var(--space-2);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius-small);
        background: var(--paper);
        color: inherit;
        font: inherit;
        font-size: var(--text-input);
      }
    `,
  ];

  render() {
    return html`<div class="usual" role="group" aria-label=${say('chat.usual-emoji')} @keydown=${this.#step}>
        ${offered().map((emoji) => html`<button type="button" aria-label=${say('chat.react-with', { emoji })} @click=${() => this.#pick(emoji)}>${emoji}</button>`)}
      </div>
      <form @submit=${this.#typed}>
        <input aria-label=${say('chat.other-emoji')} placeholder=${say('chat.other-emoji')} autocomplete="off" maxlength="32" />
        ${iconButton({ icon: 'check-lg', label: say('chat.react'), onclick: this.#typed })}
      </form>`;
  }

  #typed = (event) => {
    event.preventDefault();
    const emoji = this.$('input').value.match(EMOJI)?.[0];
    if (emoji) this.#pick(emoji);
    else this.$('input').focus();
  };

  #pick(emoji) {
    remember('emoji', [emoji, ...offered().filter((other) => other !== emoji)].slice(0, USUAL.length));
    this.$('input').value = '';
    this.tell('picked', emoji);
  }

  #step = (press) => {
    const all = [...press.currentTarget.children];
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 6, ArrowUp: -6 }[press.key];
    const next = step && all[all.indexOf(press.target) + step];
    if (!next) return;
    press.preventDefault();
    next.focus();
  };

  focus() {
    this.$('button').focus();
  }
}

const offered = () => recall('emoji') ?? USUAL;

define('chat-emoji-picker', EmojiPicker);
