import { css, html } from 'lit';
import { buttons, iconButton } from './button.js';
import { define, Element } from './element.js';
import { say } from './texts.js';

/** A panel beside the content: a heading, what belongs to it, and perhaps a foot that stays in sight. Tells `close`. */
class Side extends Element {
  static properties = { heading: {} };

  static styles = [
    buttons,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        inline-size: min(var(--panel), 100vw);
        block-size: 100%;
        border-inline-start: var(--hairline) solid var(--line);
        background: var(--paper);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        min-block-size: var(--bar);
        padding: 0 var(--space-2) 0 var(--space-4);
        border-block-end: var(--hairline) solid var(--line);
      }
      h2 {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .body {
        min-block-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
      }
      @media (max-width: 599px) {
        :host {
          inline-size: 100vw;
        }
      }
    `,
  ];

  render() {
    return html`<header>
        <h2>${this.heading}</h2>
        ${iconButton({ icon: 'x-lg', label: say('kit.close'), onclick: () => this.tell('close') })}
      </header>
      <div class="body"><slot></slot></div>
      <slot name="foot"></slot>`;
  }

  /** Whoever opened the panel goes on inside it. */
  firstUpdated() {
    this.addEventListener('keydown', (press) => press.key === 'Escape' && !press.defaultPrevented && this.tell('close'));
    if (!this.querySelector('[autofocus]')) this.$('header button').focus();
  }
}

define('m-side', Side);
