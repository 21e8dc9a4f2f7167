import { number, say } from '../kit/texts.js';

/** "30,000원" */
export const priceOf = ({ price }) => (price ? say('slots.price', { price: number(price) }) : say('slots.free'));

/** What there is of a slot, for its reader. */
export function stateOf({ is_available: isAvailable, is_closed: isClosed, my_state: mine, max_participants: most, current_participants: taken }) {
  if (isMine(mine)) return say(`slots.mine.${mine}`);
  if (isClosed) return say('slots.closed');
  if (!isAvailable) return say('slots.taken');
  return most > 1 ? say('slots.left', { count: most - taken }) : say('slots.available');
}

/** Whether there is a place in it, for its reader. */
export const isForMe = ({ is_available: isAvailable, my_state: mine }) => isAvailable || isMine(mine);

const isMine = (state) => state === 'BOOKED' || state === 'HELD';
