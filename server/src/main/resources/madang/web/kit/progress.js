import { css, html, nothing } from 'lit';
import { define, Element } from './element.js';
import { number } from './texts.js';

/** Long work with a number: `done` of `total`, and in words what is being done. */
class Progress extends Element {
  static properties = { label: {}, done: { type: Number }, total: { type: Number } };

  static styles = css`
    :host {
      display: grid;
      gap: var(--space-1);
      font-size: var(--text-small);
    }
    div {
      display: flex;
      justify-content: space-between;
      gap: var(--space-3);
      font-variant-numeric: tabular-nums;
    }
    progress {
      inline-size: 100%;
      block-size: var(--dot);
      accent-color: var(--accent);
    }
  `;

  render() {
    const known = this.total > 0;
    return html`<div><label for="progress">${this.label}</label>${known ? html`<span>${number(this.done)} / ${number(this.total)}</span>` : nothing}</div>
      <progress id="progress" max=${known ? this.total : nothing} .value=${known ? this.done : nothing}></progress>`;
  }
}

define('m-progress', Progress);
