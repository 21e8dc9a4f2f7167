import { html } from 'lit';
import { session } from '../identity/session.js';
import { personOf, whoIs } from './people.js';

const LINK = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}])/;
const NAMED = /(?<![\p{L}\p{N}._-])@([\p{L}\p{N}._-]{2,32})/u;

/** The text as it was typed, with addresses that can be followed and people who are named by their names. */
export function messageText({ text, mentions = [] }) {
  return (text ?? '')
    .split(LINK)
    .map((part, at) => (at % 2 ? html`<a href=${part} target="_blank" rel="noopener noreferrer nofollow">${part}</a>` : mentions.length ? named(part, mentions) : part));
}

function named(text, mentions) {
  return text.split(NAMED).map((part, at) => (at % 2 ? mention(part, mentions) : part));
}

/** A handle may end where a sentence does: what is no letter at its end may belong to the sentence. */
function mention(handle, mentions) {
  const bare = handle.replace(/[._-]+$/, '');
  const [name, person] = [handle, bare].map((one) => [one, whoIs(one)]).find(([, who]) => who && mentions.includes(who.id)) ?? [bare, null];
  const rest = handle.slice(name.length);
  if (!person && bare !== 'all' && mentions.every((id) => personOf(id)?.username)) return `@${handle}`;
  const isMe = bare === 'all' || person?.id === session.value.user?.id;
  return html`<span class="mention ${isMe ? 'me' : ''}" title="@${name}">${`@${person?.nickname ?? name}`}</span>${rest}`;
}

/** The text with the words that were looked for marked in it. */
export function marked(text, words) {
  const wanted = words.trim().split(/\s+/).filter(Boolean).map((word) => word.normalize('NFC').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) return text;
  return text
    .normalize('NFC')
    .split(new RegExp(`(${wanted.join('|')})`, 'giu'))
    .map((part, at) => (at % 2 ? html`<mark>${part}</mark>` : part));
}
