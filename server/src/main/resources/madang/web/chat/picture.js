import { css, html, nothing } from 'lit';
import { addressOf, download } from '../kit/blobs.js';
import { button, buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { exact } from '../kit/time.js';

/** A picture as large as the window, and the way to keep it. */
class Picture extends Element {
  static properties = { message: { attribute: false }, address: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    css`
      dialog {
        inset: 0;
        display: grid;
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
        inline-size: 100vw;
        max-inline-size: 100vw;
        block-size: 100dvh;
        max-block-size: 100dvh;
        padding: 0;
        border: 0;
        background: var(--paper);
        color: var(--ink);
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        padding: var(--space-2) var(--space-4);
      }
      h2 {
        flex: 1;
        min-inline-size: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      figure {
        display: grid;
        place-items: center;
        min-block-size: 0;
        padding: 0 var(--space-2) var(--space-2);
      }
      img {
        max-inline-size: 100%;
        max-block-size: 100%;
        min-block-size: 0;
        object-fit: contain;
        border-radius: var(--radius-small);
      }
      .error {
        color: var(--danger);
      }
    `,
  ];

  render() {
    const { file, author, created_at: time } = this.message;
    return html`<dialog aria-labelledby="heading" @close=${() => this.tell('close')}>
      <header>
        <h2 id="heading">${file.name} <span class="muted small">${author?.nickname ?? ''} · ${exact(time)}</span></h2>
        ${file.id ? button({ text: say('chat.download'), icon: 'download', onclick: () => this.#keep() }) : nothing}
        ${iconButton({ icon: 'x-lg', label: say('kit.close'), onclick: () => this.$('dialog').close() })}
      </header>
      <figure @click=${() => this.$('dialog').close()}>
        ${this.error ? html`<p class="error" role="alert">${this.error.message}</p>` : html`<img src=${this.address ?? file.picture ?? nothing} alt=${file.name} />`}
      </figure>
    </dialog>`;
  }

  async firstUpdated() {
    this.$('dialog').showModal();
    const { id } = this.message.file;
    if (!id) return;
    try {
      this.address = await addressOf(`/chat/files/${id}`);
    } catch (error) {
      this.error = error;
    }
  }

  #keep() {
    const { id, name } = this.message.file;
    download(`/chat/files/${id}`, name).catch((error) => (this.error = error));
  }
}

define('chat-picture', Picture);
