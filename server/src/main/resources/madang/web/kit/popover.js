import { css, html } from 'lit';
import { define, Element } from './element.js';

const GAP_PX = 6;

/**
 * Something small that opens beside a control and goes when one looks elsewhere. The browser lays it
 * above everything, closes it by Escape or a press outside, and gives the focus back. Tells `opened`
 * and `closed`.
 */
class Popover extends Element {
  static styles = css`
    div {
      position: fixed;
      inset: auto;
      max-inline-size: calc(100vw - 2 * var(--space-2));
      max-block-size: calc(100dvh - 2 * var(--space-5));
      margin: 0;
      padding: var(--space-1);
      border: var(--hairline) solid var(--line);
      border-radius: var(--radius);
      background: var(--surface);
      color: var(--ink);
      box-shadow: var(--shadow);
      overflow: auto;
    }
  `;

  render() {
    return html`<div popover @toggle=${({ newState }) => this.tell(newState === 'open' ? 'opened' : 'closed')}><slot></slot></div>`;
  }

  async openBeside(anchor) {
    await this.updateComplete;
    const box = this.$('div');
    box.showPopover();
    place(box, anchor.getBoundingClientRect());
    this.querySelector('[autofocus], button, input')?.focus();
  }

  close() {
    this.$('div').hidePopover();
  }
}

/** Below the control if there is room, else above; never over the edge of the window. */
function place(box, anchor) {
  const { width, height } = box.getBoundingClientRect();
  const below = anchor.bottom + GAP_PX;
  const top = below + height <= innerHeight ? below : Math.max(GAP_PX, anchor.top - GAP_PX - height);
  const left = Math.min(Math.max(GAP_PX, anchor.right - width), innerWidth - width - GAP_PX);
  box.style.top = `${top}px`;
  box.style.left = `${left}px`;
}

define('m-popover', Popover);
