import { LitElement } from 'lit';
import { Watch } from './store.js';
import { language } from './texts.js';
import { foundation } from './foundation.js';

/**
 * The ground of every component: it speaks the reader's language, follows the stores it names with
 * `watch`, and stands on the shared styles. Subclasses set fields in the constructor: a class field
 * would hide Lit's reactive property.
 */
export class Element extends LitElement {
  constructor() {
    super();
    this.watch(language);
  }

  static finalizeStyles(styles) {
    return [foundation, ...super.finalizeStyles(styles)];
  }

  watch(...stores) {
    return new Watch(this, ...stores);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  $(selector) {
    return this.renderRoot.querySelector(selector);
  }
}

export function define(name, type) {
  customElements.define(name, type);
}
