import { css, html } from 'lit';
import { define, Element } from './element.js';
import { Store } from './store.js';

const said = new Store('');

/** Says something to whoever listens instead of looking, without moving their focus. */
export function announce(text) {
  said.set(said.value === text ? `${text}\u00a0` : text);
}

class LiveRegion extends Element {
  static styles = css`
    :host {
      position: absolute;
    }
  `;

  constructor() {
    super();
    this.watch(said);
  }

  render() {
    return html`<p class="unseen" role="log" aria-live="polite">${said.value}</p>`;
  }
}

define('m-live-region', LiveRegion);
