import { css, html, nothing } from 'lit';
import { button, buttons } from '../kit/button.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { isOpen, repeatOf, stopRepeat } from './events.js';
import { inWords } from './rule.js';
import '../kit/confirm.js';
import '../kit/icon.js';

/** How the event comes again, and the end of it for its creator. */
class Repeat extends Element {
  static properties = { event: { attribute: false }, repeat: { state: true }, asking: { state: true } };

  static styles = [
    buttons,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space-2) var(--space-3);
      }
      m-icon {
        color: var(--muted);
      }
    `,
  ];

  willUpdate(changes) {
    if (changes.has('event') && this.event.series !== changes.get('event')?.series) this.#load();
  }

  render() {
    if (!this.repeat) return nothing;
    const mayStop = this.event.my_status === 'CREATOR' && isOpen(this.event.status);
    return html`<p>
        <m-icon name="arrow-repeat"></m-icon><span class="unseen">${say('events.repeat')}</span>${inWords(this.repeat.rule)}
        ${mayStop ? button({ text: say('events.repeat-stop'), kind: 'link', onclick: () => (this.asking = true) }) : nothing}
      </p>
      ${this.asking
        ? html`<m-confirm
            heading=${say('events.repeat-stop')}
            text=${say('events.repeat-stop-about')}
            action=${say('events.repeat-stop')}
            .act=${() => this.#stop()}
            @close=${() => (this.asking = false)}
          ></m-confirm>`
        : nothing}`;
  }

  async #stop() {
    await stopRepeat(this.event.id);
    toast(say('events.repeat-stopped'));
  }

  /** A courtesy: an event without its rule is an event still. */
  async #load() {
    this.repeat = this.event.series ? await repeatOf(this.event.id).catch(() => null) : null;
  }
}

define('events-repeat', Repeat);
