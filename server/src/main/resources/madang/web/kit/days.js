import { zone } from './time.js';

const DAY_MILLIS = 86_400_000;
const clocks = new Map();

/** What the clocks of the reader's zone show at a moment: `2026-11-21T14:00`, as a field for dates and times has it. */
export function localOf(time) {
  if (!clocks.has(zone.value)) clocks.set(zone.value, clockOf(zone.value));
  return clocks.get(zone.value).format(new Date(time)).replace(' ', 'T');
}

/** The day of a moment: `2026-11-21`. */
export const dayOf = (time) => localOf(time).slice(0, 10);

export const today = () => dayOf(Date.now());

/**
 * The moment when the clocks show this. Where they show it twice it is the first time; where they leave
 * it out, as long after the change as it seems.
 */
export function momentOf(local) {
  const asUtc = Date.parse(`${local}Z`);
  const [before, after] = [asUtc - DAY_MILLIS, asUtc + DAY_MILLIS].map((time) => Date.parse(`${localOf(time)}Z`) - time);
  const fits = [asUtc - before, asUtc - after].find((time) => localOf(time) === local.slice(0, 16));
  return new Date(fits ?? asUtc - before);
}

export const plusDays = (day, count) => new Date(Date.parse(day) + count * DAY_MILLIS).toISOString().slice(0, 10);

/** The same day so many months on, or the last that the month has. */
export function plusMonths(day, count) {
  const [year, month, date] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The weeks that show the month of a day, each from Sunday on. */
export function weeksOf(day) {
  const first = `${day.slice(0, 7)}-01`;
  const next = plusMonths(first, 1);
  const weeks = [];
  for (let sunday = plusDays(first, -weekdayOf(first)); sunday < next; sunday = plusDays(sunday, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, at) => plusDays(sunday, at)));
  }
  return weeks;
}

/** 0 is Sunday. */
export const weekdayOf = (day) => new Date(day).getUTCDay();

export const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') && !Number.isNaN(Date.parse(text));

/** A moment by which a day can be put into words. */
export const noonOf = (day) => momentOf(`${day}T12:00`);

const clockOf = (timeZone) =>
  new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
