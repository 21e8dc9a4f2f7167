import { css, html, nothing } from 'lit';
import { define, Element } from './element.js';
import { socket } from './socket.js';
import { say } from './texts.js';

const QUIET_MILLIS = 1500;

/** A quiet line of words alone, for nothing can be fetched while the server cannot be heard. Short cuts heal unseen. */
class ConnectionBar extends Element {
  static properties = { shown: { state: true } };

  static styles = css`
    p {
      padding: var(--space-1) var(--space-4);
      background: var(--sunken);
      border-block-end: var(--hairline) solid var(--line);
      color: var(--muted);
      font-size: var(--text-small);
      text-align: center;
    }
  `;

  #end;
  #timer;

  connectedCallback() {
    super.connectedCallback();
    this.#end = socket.state.subscribe(() => this.#judge());
    this.#judge();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#end();
    clearTimeout(this.#timer);
  }

  render() {
    return html`<div role="status">
      ${this.shown ? html`<p>${say(navigator.onLine ? 'kit.reconnecting' : 'kit.offline')}</p>` : nothing}
    </div>`;
  }

  #judge() {
    const cut = ['waiting', 'connecting'].includes(socket.state.value);
    if (!cut) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.shown = false;
    } else {
      this.#timer ??= setTimeout(() => (this.shown = true), QUIET_MILLIS);
    }
  }
}

define('m-connection-bar', ConnectionBar);
