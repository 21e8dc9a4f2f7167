import { css, html } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { bytes } from '../kit/units.js';
import '../kit/icon.js';

/** The files that go out with the next message. Tells `taken` with the place of one that shall not. */
class Tray extends Element {
  static properties = { files: { attribute: false } };

  static styles = [
    buttons,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-2);
        padding: var(--space-2);
        border-block-end: var(--hairline) solid var(--line);
      }
      li {
        display: flex;
        align-items: center;
        gap: var(--space-2);
        max-inline-size: 100%;
        padding: var(--space-1) var(--space-1) var(--space-1) var(--space-2);
        border: var(--hairline) solid var(--line);
        border-radius: var(--radius);
        background: var(--surface);
      }
      img {
        inline-size: var(--control);
        block-size: var(--control);
        border-radius: var(--radius-small);
        object-fit: cover;
      }
      .words {
        display: grid;
        min-inline-size: 0;
        max-inline-size: 14em;
        line-height: 1.3;
      }
      .words span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  #addresses = new Map();

  willUpdate() {
    for (const [file, address] of this.#addresses) {
      if (this.files.includes(file)) continue;
      URL.revokeObjectURL(address);
      this.#addresses.delete(file);
    }
    this.files.filter(({ type }) => type.startsWith('image/')).forEach((file) => this.#addresses.has(file) || this.#addresses.set(file, URL.createObjectURL(file)));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#addresses.forEach((address) => URL.revokeObjectURL(address));
    this.#addresses.clear();
  }

  render() {
    return html`<ul aria-label=${say('chat.files-to-send')}>
      ${this.files.map(
        (file, at) =>
          html`<li>
            ${this.#addresses.has(file) ? html`<img src=${this.#addresses.get(file)} alt="" />` : html`<m-icon name="file-earmark"></m-icon>`}
            <span class="words"><span>${file.name}</span><span class="muted small">${bytes(file.size)}</span></span>
            ${iconButton({ icon: 'x-lg', label: say('chat.do-not-send', { name: file.name }), onclick: () => this.tell('taken', at) })}
          </li>`,
      )}
    </ul>`;
  }
}

define('chat-tray', Tray);
