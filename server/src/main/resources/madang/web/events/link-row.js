import { css, html, nothing } from 'lit';
import { buttons, iconButton } from '../kit/button.js';
import { copy } from '../kit/copy.js';
import { define, Element } from '../kit/element.js';
import { say } from '../kit/texts.js';
import { clock, day } from '../kit/time.js';
import './qr-code.js';

/** One link into an event: how long and for how many it is good, its picture, and an end to it (`shut`). */
class LinkRow extends Element {
  static properties = { link: { attribute: false }, event: {}, open: { type: Boolean } };

  static styles = [
    buttons,
    css`
      .line {
        display: flex;
        align-items: center;
        gap: var(--space-1);
      }
      :host {
        padding-block: var(--space-2);
      }
      code {
        flex: 1;
        overflow: hidden;
        font: inherit;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  render() {
    const { link, open } = this;
    const isGood = link.state === 'ACTIVE';
    return html`<div class="line">
        <code>${link.link}</code>
        ${isGood
          ? html`${iconButton({ icon: 'copy', label: say('events.link-copy'), onclick: () => copy(link.link, say('events.link-copied')) })}
            ${iconButton({ icon: 'qr-code', label: say('events.link-picture'), pressed: String(Boolean(open)), onclick: () => (this.open = !open) })}
            ${iconButton({ icon: 'x-lg', label: say('events.link-shut'), onclick: () => this.tell('shut') })}`
          : nothing}
      </div>
      <p class="muted small">${about(link)}</p>
      ${open && isGood ? html`<events-qr-code .event=${this.event} .code=${link.code}></events-qr-code>` : nothing}`;
  }
}

function about({ state, expires_at: until, use_count: used, max_uses: most }) {
  if (state !== 'ACTIVE') return say(`events.link.${state}`);
  const uses = most ? say('events.link-used-of', { used, most }) : say('events.link-used', { count: used });
  return `${say('events.link-until', { until: `${day(until, { year: undefined, weekday: undefined })} ${clock(until)}` })} · ${uses}`;
}

define('events-link', LinkRow);
