import { has, say } from '../kit/texts.js';
import { moment } from '../kit/time.js';

/** The server's args as the reader says them: what is called `…_time` is a moment in his own zone. */
const said = (args = {}) =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, name.endsWith('_time') ? moment(value) : value]));

/** A notice in the reader's words: `chat.notice.CODE` with the server's args; an unknown one stays general. */
export function noticeText({ notice, author }) {
  const key = `chat.notice.${notice?.code}`;
  return say(has(key) ? key : 'chat.notice.other', { nickname: author?.nickname ?? '', ...said(notice?.args) });
}

/** One line of a message for lists and for ears. */
export function preview(message) {
  if (!message) return '';
  if (message.deleted_at) return say('chat.deleted');
  if (message.kind === 'notice') return noticeText(message);
  if (message.encrypted_keys) return say('chat.locked');
  if (message.file && !message.text) return say(message.kind === 'image' ? 'chat.a-picture' : 'chat.a-file', { name: message.file.name });
  return message.text ?? '';
}
