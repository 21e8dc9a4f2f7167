import { css, html, nothing } from 'lit';
import { badges, short } from './badges.js';
import { buttons } from './button.js';
import { define, Element } from './element.js';
import { say } from './texts.js';
import './icon.js';

/** The features, side by side: a rail at the left, on a phone a bar at the bottom. */
class Rail extends Element {
  static properties = { features: { attribute: false }, path: {} };

  static styles = [
    buttons,
    css`
      nav {
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: var(--space-2);
        block-size: 100%;
        padding-block: var(--space-3);
        border-inline-end: var(--hairline) solid var(--line);
        background: var(--paper);
      }
      .mark {
        inline-size: var(--space-6);
        block-size: var(--space-6);
        margin-block-end: var(--space-3);
      }
      a,
      button.find {
        position: relative;
        display: grid;
        justify-items: center;
        align-content: center;
        gap: var(--space-1);
        inline-size: calc(var(--rail) - var(--space-3));
        min-block-size: var(--bar);
        padding: 0;
        border: 0;
        border-radius: var(--radius);
        background: none;
        color: var(--muted);
        font-size: var(--text-tiny);
        font-weight: var(--bold);
        text-decoration: none;
        white-space: nowrap;
      }
      a:hover,
      button.find:hover {
        background: var(--sunken);
      }
      a[aria-current] {
        background: var(--accent-soft);
        color: var(--accent);
      }
      m-icon {
        inline-size: 1.25rem;
        block-size: 1.25rem;
      }
      .badge {
        position: absolute;
        inset-block-start: var(--space-1);
        inset-inline-start: 56%;
        padding: 0 var(--space-1);
        min-inline-size: var(--space-4);
        border-radius: var(--pill);
        background: var(--warm);
        color: var(--on-warm);
        text-align: center;
        line-height: var(--space-4);
      }
      .last {
        margin-block-start: auto;
      }
      @media (max-width: 959px) {
        nav {
          flex-direction: row;
          justify-content: space-around;
          padding: var(--space-1) var(--space-2) calc(var(--space-1) + env(safe-area-inset-bottom));
          border-inline-end: 0;
          border-block-start: var(--hairline) solid var(--line);
        }
        .mark {
          display: none;
        }
        .last {
          margin-block-start: 0;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.watch(badges);
  }

  render() {
    return html`<nav aria-label=${say('kit.features')}>
      <img class="mark" src=${import.meta.resolve('./madang.svg')} alt="" />
      ${this.features.map((feature) => this.#link(feature))}
      <button class="find" type="button" title=${say('kit.find-keys')} @click=${() => this.tell('find')}>
        <m-icon name="search"></m-icon><span>${say('kit.find')}</span>
      </button>
    </nav>`;
  }

  #link({ name, path, also = [], icon, last }) {
    const here = [path, ...also].some((one) => this.path === one || this.path.startsWith(`${one}/`));
    const waiting = badges.value[name] ?? 0;
    return html`<a href=${path} class=${last ? 'last' : ''} aria-current=${here ? 'page' : nothing}>
      <m-icon name=${here ? `${icon}-fill` : icon}></m-icon>
      <span>${say(`kit.feature.${name}`)}</span>
      ${waiting ? html`<span class="badge"><span class="unseen">${say('kit.waiting')}</span> ${short(waiting)}</span>` : nothing}
    </a>`;
  }
}

define('m-rail', Rail);
