import { css, html, nothing } from 'lit';
import { addressOf } from '../kit/blobs.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { pictureOf } from './links.js';

/** A link as a picture for a camera. It is dark on light in any light, as cameras want it. */
class QrCode extends Element {
  static properties = { event: {}, code: {}, address: { state: true }, error: { state: true } };

  static styles = css`
    :host {
      display: grid;
      justify-items: center;
      padding-block: var(--space-2);
    }
    img {
      inline-size: var(--field-tall);
      block-size: var(--field-tall);
      border-radius: var(--radius);
    }
  `;

  async willUpdate(changes) {
    if (!changes.has('code')) return;
    this.address = null;
    try {
      this.address = await addressOf(pictureOf(this.event, this.code));
    } catch (error) {
      this.error = error.message;
    }
  }

  render() {
    if (this.error) return html`<p role="alert">${this.error}</p>`;
    return this.address ? html`<img src=${this.address} alt=${say('events.link-picture')} />` : nothing;
  }
}

define('events-qr-code', QrCode);
