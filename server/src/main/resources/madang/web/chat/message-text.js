import { html } from 'lit';

const LINK = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/;

/** The text as it was typed, with addresses that can be followed. */
export function messageText(text) {
  return text
    .split(LINK)
    .map((part, at) => (at % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer nofollow">${part}</a>` : part));
}
