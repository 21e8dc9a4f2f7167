import { css, html, nothing } from 'lit';
import { button, buttons, iconButton } from '../kit/button.js';
import { copy } from '../kit/copy.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { toast } from '../kit/toast.js';
import { part } from '../account/part.js';
import { endFeed, makeFeed } from './calendar.js';

/** An address by which any calendar program reads the reader's events. It is a secret, and is seen once. */
class Feed extends Element {
  static properties = { address: { state: true }, busy: { state: true }, error: { state: true } };

  static styles = [
    buttons,
    part,
    css`
      .line {
        display: flex;
        align-items: center;
        gap: var(--space-1);
        margin-block-start: var(--space-3);
      }
      code {
        flex: 1;
        min-inline-size: 0;
        font: inherit;
        overflow-wrap: anywhere;
      }
    `,
  ];

  render() {
    return html`<p class="muted">${say('events.feed-about')}</p>
      <div role="status">
        ${this.address
          ? html`<div class="line"><code>${this.address}</code>${iconButton({ icon: 'copy', label: say('events.link-copy'), onclick: () => copy(this.address, say('events.link-copied')) })}</div>
              <p class="muted small">${say('events.feed-once')}</p>`
          : nothing}
      </div>
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="deeds">
        ${button({ text: say('events.feed-make'), icon: 'rss', busy: this.busy, onclick: () => this.#try(() => this.#make()) })}
        ${button({ text: say('events.feed-end'), kind: 'harm', disabled: this.busy, onclick: () => this.#try(() => this.#end()) })}
      </div>`;
  }

  async #make() {
    this.address = await makeFeed();
  }

  async #end() {
    await endFeed();
    this.address = null;
    toast(say('events.feed-ended'));
  }

  async #try(deed) {
    this.busy = true;
    this.error = '';
    try {
      await deed();
    } catch (error) {
      this.error = error.message;
    }
    this.busy = false;
  }
}

define('events-feed', Feed);
