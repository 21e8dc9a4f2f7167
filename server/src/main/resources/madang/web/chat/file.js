import { css, html, nothing } from 'lit';
import { addressOf, download } from '../kit/blobs.js';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { bytes, percent } from '../kit/units.js';
import '../kit/icon.js';

const WIDEST = 360;
const TALLEST = 280;

/** A file or a picture in a message; while it is on its way up, how much of it is there. */
class File extends Element {
  static properties = { message: { attribute: false }, address: { state: true }, failed: { state: true }, busy: { state: true } };

  static styles = [
    buttons,
    css`
      :host {
        margin-block: var(--space-1);
      }
      button.picture {
        display: block;
        inline-size: fit-content;
        max-inline-size: 100%;
        min-block-size: 0;
        padding: 0;
        border-radius: var(--radius);
        background: var(--sunken);
        overflow: hidden;
      }
      img {
        display: block;
        max-inline-size: 100%;
        block-size: auto;
        object-fit: cover;
        transition: opacity var(--quick);
      }
      .sending img {
        opacity: 0.6;
      }
      .card {
        display: flex;
        align-items: center;
        gap: var(--space-3);
        inline-size: min(100%, var(--card));
        padding: var(--space-2) var(--space-3);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--paper);
      }
      .card .words {
        flex: 1;
        min-inline-size: 0;
      }
      .name {
        display: block;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .card > m-icon {
        inline-size: 1.6em;
        block-size: 1.6em;
        color: var(--accent);
      }
      .way {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        max-inline-size: var(--card);
        font-size: var(--text-small);
        font-variant-numeric: tabular-nums;
      }
      progress {
        flex: 1;
        block-size: var(--dot);
        accent-color: var(--accent);
      }
      .error {
        color: var(--danger);
        font-size: var(--text-small);
      }
    `,
  ];

  willUpdate(changes) {
    if (changes.has('message') && changes.get('message')?.file?.id !== this.message.file.id) this.#fetch();
  }

  render() {
    const { file, kind, state } = this.message;
    return html`<div class=${state ?? ''}>
      ${kind === 'image' && !this.failed ? this.#picture(file) : this.#card(file)} ${state === 'sending' ? this.#way(file) : nothing}
      ${this.failed && kind === 'file' ? html`<p class="error" role="alert">${this.failed.message}</p>` : nothing}
    </div>`;
  }

  #picture(file) {
    const { width, height } = fitted(file);
    const source = this.address ?? file.picture;
    return html`<button class="picture" type="button" aria-label=${say('chat.see-picture', { name: file.name })} ?disabled=${!source} @click=${() => this.tell('picture', this.message)}>
      <img src=${source ?? nothing} alt=${file.name} width=${width} height=${height} />
    </button>`;
  }

  #card({ id, name, size }) {
    return html`<div class="card">
      <m-icon name="file-earmark"></m-icon>
      <span class="words"><span class="name" title=${name}>${name}</span><span class="muted small">${bytes(size)}</span></span>
      ${id ? button({ text: say('chat.download'), icon: 'download', busy: this.busy, onclick: () => this.#download() }) : nothing}
    </div>`;
  }

  #way({ name, share }) {
    return html`<div class="way">
      <progress aria-label=${say('chat.uploading', { name })} max="1" .value=${share ?? 0}></progress><span>${percent(share ?? 0)}</span>
      ${button({ text: say('kit.cancel'), kind: 'link', onclick: () => this.tell('discard') })}
    </div>`;
  }

  async #fetch() {
    const { file, kind } = this.message;
    this.address = null;
    this.failed = null;
    if (kind !== 'image' || !file.id) return;
    try {
      this.address = await addressOf(`/chat/files/${file.id}${file.has_thumbnail ? '/thumbnail' : ''}`);
    } catch (error) {
      this.failed = error;
    }
  }

  async #download() {
    const { id, name } = this.message.file;
    this.busy = true;
    this.failed = null;
    try {
      await download(`/chat/files/${id}`, name);
    } catch (error) {
      this.failed = error;
    }
    this.busy = false;
  }
}

/** The room that a picture takes is known before it comes, so that nothing jumps. */
function fitted({ width, height }) {
  if (!width || !height) return { width: WIDEST, height: TALLEST };
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

define('chat-file', File);
