import { radios } from '../kit/field.js';
import { say } from '../kit/texts.js';

/** Who can come in, as a field of a form. */
export const roomType = (value) =>
  radios({
    name: 'type',
    label: say('chat.type'),
    value,
    options: [
      ['public', say('chat.public'), say('chat.public-about')],
      ['private', say('chat.private'), say('chat.private-about')],
    ],
  });
