import { recall, remember } from '../kit/memory.js';
import { session } from '../identity/session.js';

/** What was typed in a room and not yet sent, and what was sent and not yet acknowledged: both outlive a reload. */
const key = (what, room) => `of.${session.value.user?.id}.${what}.${room}`;

export const draftOf = (room) => recall(key('draft', room)) ?? '';

export const keepDraft = (room, text) => remember(key('draft', room), text || null);

export const outboxOf = (room) => recall(key('outbox', room)) ?? [];

export const keepOutbox = (room, pending) => remember(key('outbox', room), pending.length ? pending : null);
