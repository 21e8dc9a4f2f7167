import { html, nothing } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { number, say } from '../kit/texts.js';
import { clock, dayName } from '../kit/time.js';
import { toast } from '../kit/toast.js';
import { namingAt } from './completion.js';
import { composerStyles } from './composer-styles.js';
import { announceTo } from './deeds.js';
import { draftOf, keepDraft } from './drafts.js';
import { preview } from './notices.js';
import { moderates, nameOf } from './rooms.js';
import '../kit/menu.js';
import './tray.js';

const LONGEST = 4000;
const COUNTED_FROM = 3800;
const MOST_FILES = 10;
const LARGEST = 10 * 1024 * 1024;

/**
 * Where one writes. Enter sends, Shift+Enter breaks the line, and a Korean syllable that is still being
 * composed is never sent. What stands here unsent is kept for each room.
 */
class Composer extends Element {
  static properties = {
    room: { attribute: false },
    name: {},
    log: { attribute: false },
    answering: { attribute: false },
    files: { state: true },
    naming: { state: true },
    length: { state: true },
    busy: { state: true },
    error: { state: true },
  };

  static styles = [buttons, composerStyles];

  constructor() {
    super();
    this.length = 0;
    this.files = [];
    this.naming = null;
  }

  willUpdate(changes) {
    if (changes.has('log')) {
      this.#fresh = true;
      this.files = [];
    }
    if (changes.has('answering')) this.#turn = true;
  }

  #fresh = true;
  #turn = false;

  render() {
    const silence = silenced(this.room);
    if (silence) return html`<div class="box"><p class="about" role="status"><m-icon name="mic-mute"></m-icon><span>${silence}</span></p></div>`;
    return html`${this.naming ? html`<chat-completion .room=${this.room} .query=${this.naming.query} @named=${this.#named}></chat-completion>` : nothing}
      <div class="box">
        ${this.answering ? this.#about() : nothing}
        ${this.files.length ? html`<chat-tray .files=${this.files} @taken=${({ detail: at }) => (this.files = this.files.toSpliced(at, 1))}></chat-tray>` : nothing}
        <div class="line">${this.#more()} ${this.#writing()} ${this.#sending()}</div>
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      ${this.room.slow_mode_seconds && !moderates(this.room) ? html`<p class="hint muted small">${say('chat.slow-about', { seconds: this.room.slow_mode_seconds })}</p>` : nothing}`;
  }

  #more() {
    const files = { icon: 'paperclip', text: say('chat.add-files'), act: () => this.$('input').click() };
    const announcement = { icon: 'megaphone', text: say('chat.announce'), act: () => this.#announce() };
    const mayAnnounce = moderates(this.room) && this.room.type !== 'direct' && !this.log.thread;
    return html`<m-menu icon="plus-lg" label=${say('chat.add')} .items=${mayAnnounce ? [files, announcement] : [files]}></m-menu>
      <input type="file" multiple tabindex="-1" aria-label=${say('chat.add-files')} @change=${this.#chosen} />`;
  }

  #writing() {
    const label = this.log.thread ? say('chat.write-in-thread') : say('chat.write-in', { room: this.name ?? nameOf(this.room) });
    return html`<textarea
      rows="1"
      aria-label=${label}
      placeholder=${label}
      enterkeyhint="send"
      aria-controls=${this.naming ? 'people' : nothing}
      @input=${this.#typed}
      @keydown=${this.#pressed}
      @paste=${this.#pasted}
      @blur=${() => (this.naming = null)}
    ></textarea>`;
  }

  #sending() {
    const tooLong = this.length > LONGEST;
    const isEdit = this.answering?.kind === 'edit';
    return html`${this.length > COUNTED_FROM ? html`<span class="count small ${tooLong ? 'error' : 'muted'}">${number(LONGEST - this.length)}</span>` : nothing}
      ${iconButton({
        icon: isEdit ? 'check-lg' : 'send-fill',
        label: say(isEdit ? 'kit.save' : 'chat.send'),
        kind: 'send',
        disabled: (this.length === 0 && this.files.length === 0) || tooLong || this.busy,
        onclick: () => this.#send(),
      })}`;
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
    if (!this.#area) return;
    if (this.#fresh) {
      this.#fresh = false;
      this.#write(draftOf(this.#place));
      if (matchMedia('(pointer: fine)').matches) this.#area.focus();
    }
    if (this.#turn) {
      this.#turn = false;
      this.error = '';
      if (this.answering) {
        this.#write(this.answering.kind === 'edit' ? this.answering.message.text : draftOf(this.#place));
        this.#area.focus();
      }
    }
  }

  get #area() {
    return this.$('textarea');
  }

  get #place() {
    return this.log.thread ? `${this.room.id}.${this.log.thread}` : this.room.id;
  }

  #typed = () => {
    this.#measure();
    this.#lookForNames();
    if (this.answering?.kind !== 'edit') keepDraft(this.#place, this.#area.value);
    if (this.#area.value) this.log.typing();
  };

  #pressed = (press) => {
    if (press.isComposing || press.keyCode === 229) return;
    if (this.naming && this.$('chat-completion')?.press(press)) return;
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
    if ((!text.trim() && this.files.length === 0) || this.length > LONGEST || this.busy) return;
    if (this.answering?.kind === 'edit') return this.#change(text);
    if (this.log.value.hasNewer) await this.log.newest();
    const quoted = this.answering?.message;
    if (this.files.length) this.files.forEach((file, at) => this.log.upload(file, at === 0 ? text.trim() : '', at === 0 ? quoted : undefined));
    else this.log.send(text, quoted);
    this.files = [];
    keepDraft(this.#place, '');
    this.#done();
  }

  #announce() {
    const text = this.#area.value;
    if (!text.trim()) return this.#area.focus();
    return this.#attempt(async () => {
      await announceTo(this.room.id, text);
      keepDraft(this.#place, '');
      this.#done();
    });
  }

  #chosen = ({ currentTarget: input }) => {
    this.take(input.files);
    input.value = '';
  };

  #pasted = (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    this.take(event.clipboardData.files);
  };

  /** Files that were chosen, pasted or dropped wait here for Enter. */
  take(files) {
    const fit = [...files].filter(({ size }) => size > 0 && size <= LARGEST);
    if (fit.length < files.length) toast(say('chat.too-large'), 'danger');
    const all = [...this.files, ...fit];
    if (all.length > MOST_FILES) toast(say('chat.too-many-files', { count: MOST_FILES }), 'danger');
    this.files = all.slice(0, MOST_FILES);
    this.#area?.focus();
  }

  #lookForNames() {
    const { value, selectionStart, selectionEnd } = this.#area;
    this.naming = selectionStart === selectionEnd ? namingAt(value, selectionStart) : null;
  }

  /** Puts the handle where the name was begun, or, when nobody was meant, lets the words stand. */
  #named = ({ detail: handle }) => {
    const { start, query } = this.naming;
    this.naming = null;
    if (!handle) return;
    this.#area.setRangeText(`@${handle} `, start, start + query.length + 1, 'end');
    this.#typed();
  };

  /** An edit that is refused leaves the words where they are. */
  #change(text) {
    return this.#attempt(async () => {
      await this.log.edit(this.answering.message, text);
      this.#done();
    });
  }

  async #attempt(act) {
    this.busy = true;
    this.error = '';
    try {
      await act();
    } catch (error) {
      this.error = error.message || say('kit.unreachable');
    }
    this.busy = false;
  }

  #done() {
    this.#write(draftOf(this.#place));
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

/** Why the reader may not speak here just now, or nothing. */
function silenced({ muted_until: until }) {
  return until && Date.parse(until) > Date.now() ? say('chat.muted-about', { until: `${dayName(until)} ${clock(until)}` }) : null;
}

define('chat-composer', Composer);
