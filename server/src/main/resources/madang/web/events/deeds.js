import { isOpen, isOver } from './events.js';

/**
 * What its reader may do with an event at this moment, the likeliest first. The server decides; this only
 * keeps doors from showing that are shut.
 */
export function deedsOf(event, now = Date.now()) {
  if (event.deleted_at) return [];
  return event.my_status === 'CREATOR' ? creators(event, now) : participants(event);
}

function creators(event, now) {
  const deeds = {
    PROPOSED: ['confirm', ...(event.series ? ['confirm-rest'] : []), 'edit', 'invite', 'cancel', 'delete'],
    CONFIRMED: [...(isOver(event, now) ? ['done'] : []), 'edit', 'invite', 'cancel', 'delete'],
    CANCELED: ['delete'],
    DONE: ['delete'],
  };
  return deeds[event.status];
}

function participants({ status, my_status: mine, series }) {
  if (!isOpen(status) || !mine) return [];
  const all = series ? ['accept', 'accept-rest', 'decline', 'decline-rest'] : ['accept', 'decline'];
  const said = { PENDING: '-', ACCEPTED: 'accept', DECLINED: 'decline' }[mine];
  return [...all.filter((name) => !name.startsWith(said)), 'leave'];
}
