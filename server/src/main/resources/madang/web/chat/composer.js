import { css, html, nothing } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { number, say } from '../kit/texts.js';
import { draftOf, keepDraft } from './drafts.js';
import { preview } from './notices.js';

const LONGEST = 4000;
const COUNTED_FROM = 3800;

/**
 * Where one writes. Enter sends, Shift+Enter breaks the line, and a Korean syllable that is still being
 * composed is never sent. What stands here unsent is kept for each room.
 */
class Composer extends Element {
  static properties = {
    room: { attribute: false },
    log: { attribute: false },
    answering: { attribute: false },
    length: { state: true },
    busy: { state: true },
    error: { state: true },
  };

  static styles = [
    buttons,
    css`
      :host {
        padding: 0 var(--space-4) calc(var(--space-4) + env(safe-area-inset-bottom));
      }
      .box {
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--paper);
      }
      .box:has(textarea:focus-visible) {
        border-color: var(--accent);
        outline: var(--hairline) solid var(--accent);
      }
      .about {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-1) var(--space-1) var(--space-1) var(--space-3);
        border-block-end: var(--hairline) solid var(--line);
        font-size: var(--text-small);
      }
      .about span {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .about m-icon {
        color: var(--accent);
      }
      .line {
        display: flex;
        align-items: end;
        gap: var(--space-1);
        padding: var(--space-1);
      }
      textarea {
        flex: 1;
        min-inline-size: 0;
        min-block-size: var(--control);
        max-block-size: var(--field-tall);
        padding: var(--space-1) var(--space-2);
        border: 0;
        background: none;
        color: inherit;
        font: inherit;
        font-size: var(--text-input);
        resize: none;
        field-sizing: content;
      }
      textarea:focus-visible {
        outline: none;
      }
      button.send {
        background: var(--accent);
        color: var(--on-accent);
      }
      button.send:hover:not(:disabled) {
        background: var(--accent-near);
        color: var(--on-accent);
      }
      button.send:disabled {
        background: none;
        color: var(--muted);
      }
      .error {
        padding-block-start: var(--space-1);
        color: var(--danger);
        font-size: var(--text-small);
      }
      .count {
        align-self: center;
      }
    `,
  ];

  constructor() {
    super();
    this.length = 0;
  }

  willUpdate(changes) {
    if (changes.has('room') && changes.get('room')?.id !== this.room.id) this.#fresh = true;
    if (changes.has('answering')) this.#turn = true;
  }

  #fresh = true;
  #turn = false;

  render() {
    const tooLong = this.length > LONGEST;
    return html`<div class="box">
        ${this.answering ? this.#about() : nothing}
        <div class="line">
          <textarea
            rows="1"
            aria-label=${say('chat.write-in', { room: this.room.name })}
            placeholder=${say('chat.write-in', { room: this.room.name })}
            enterkeyhint="send"
            @input=${this.#typed}
            @keydown=${this.#pressed}
          ></textarea>
          ${this.length > COUNTED_FROM ? html`<span class="count small ${tooLong ? 'error' : 'muted'}">${number(LONGEST - this.length)}</span>` : nothing}
          ${iconButton({
            icon: this.answering?.kind === 'edit' ? 'check-lg' : 'send-fill',
            label: say(this.answering?.kind === 'edit' ? 'kit.save' : 'chat.send'),
            kind: 'send',
            disabled: this.length === 0 || tooLong || this.busy,
            onclick: () => this.#send(),
          })}
        </div>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}`;
  }

  #about() {
    const { kind, message } = this.answering;
    const text = kind === 'edit' ? say('chat.editing') : `${say('chat.replying', { nickname: message.author?.nickname ?? say('chat.somebody') })} — ${preview(message)}`;
    return html`<div class="about">
      <m-icon name=${kind === 'edit' ? 'pencil' : 'reply'}></m-icon><span>${text}</span>
      ${iconButton({ icon: 'x-lg', label: say('kit.cancel'), onclick: () => this.#done() })}
    </div>`;
  }

  updated() {
    if (this.#fresh) {
      this.#fresh = false;
      this.#write(draftOf(this.room.id));
      if (matchMedia('(pointer: fine)').matches) this.#area.focus();
    }
    if (this.#turn) {
      this.#turn = false;
      this.error = '';
      if (this.answering) {
        this.#write(this.answering.kind === 'edit' ? this.answering.message.text : draftOf(this.room.id));
        this.#area.focus();
      }
    }
  }

  get #area() {
    return this.$('textarea');
  }

  #typed = () => {
    this.#measure();
    if (this.answering?.kind !== 'edit') keepDraft(this.room.id, this.#area.value);
    if (this.#area.value) this.log.typing();
  };

  #pressed = (press) => {
    if (press.isComposing || press.keyCode === 229) return;
    if (press.key === 'Enter' && !press.shiftKey) {
      press.preventDefault();
      this.#send();
    } else if (press.key === 'Escape' && this.answering) {
      this.#done();
    } else if (press.key === 'ArrowUp' && !this.#area.value && !this.answering) {
      press.preventDefault();
      this.tell('edit-last');
    }
  };

  async #send() {
    const text = this.#area.value;
    if (!text.trim() || this.length > LONGEST || this.busy) return;
    if (this.answering?.kind === 'edit') return this.#change(text);
    if (this.log.value.hasNewer) await this.log.newest();
    this.log.send(text, this.answering?.message);
    keepDraft(this.room.id, '');
    this.#done();
  }

  /** An edit that is refused leaves the words where they are. */
  async #change(text) {
    this.busy = true;
    this.error = '';
    try {
      await this.log.edit(this.answering.message, text);
      this.#done();
    } catch (error) {
      this.error = error.message || say('kit.unreachable');
    }
    this.busy = false;
  }

  #done() {
    this.#write(draftOf(this.room.id));
    this.error = '';
    this.tell('answered');
    this.#area.focus();
  }

  #write(text) {
    this.#area.value = text;
    this.#measure();
  }

  #measure() {
    const area = this.#area;
    this.length = [...area.value].length;
    if (CSS.supports('field-sizing', 'content')) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight}px`;
  }
}

define('chat-composer', Composer);
