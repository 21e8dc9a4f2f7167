import { css, html, nothing } from 'lit';
import { define, Element } from '../kit/element.js';

/** What stands behind an address that somebody shared. Its picture is shown only where our own server keeps it. */
class PreviewCard extends Element {
  static properties = { preview: { attribute: false } };

  static styles = css`
    a {
      display: flex;
      gap: var(--space-3);
      inline-size: fit-content;
      max-inline-size: min(100%, var(--card));
      margin-block: var(--space-1);
      padding: var(--space-2) var(--space-3);
      border: var(--hairline) solid var(--line);
      border-inline-start: var(--focus) solid var(--accent);
      border-radius: var(--radius-small);
      background: var(--paper);
      color: inherit;
      text-decoration: none;
    }
    a:hover {
      background: var(--sunken);
    }
    .words {
      min-inline-size: 0;
    }
    b,
    span {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 2;
      overflow: hidden;
    }
    img {
      flex: none;
      inline-size: var(--bar);
      block-size: var(--bar);
      border-radius: var(--radius-small);
      object-fit: cover;
    }
  `;

  render() {
    const { url, title, description, site, image_url: picture } = this.preview;
    return html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow">
      <div class="words">
        <span class="muted small">${site ?? new URL(url).host}</span>
        <b>${title}</b>
        ${description ? html`<span class="muted small">${description}</span>` : nothing}
      </div>
      ${isOurs(picture) ? html`<img src=${picture} alt="" loading="lazy" />` : nothing}
    </a>`;
  }
}

const isOurs = (picture) => Boolean(picture) && new URL(picture, location.href).origin === location.origin;

define('chat-preview-card', PreviewCard);
