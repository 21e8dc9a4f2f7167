import { ApiError } from '../client/api-error.js';
import { Api } from '../client/api.js';
import { language, say } from './texts.js';

export { ApiError };

/** The API as the pages use it: the session is a cookie, the sentences are in the reader's language. */
export const api = new Api({
  isPage: true,
  language: () => language.value,
  words: (code) => say(code === 'UNREACHABLE' ? 'kit.unreachable' : 'kit.server-error'),
});
