import { dayOf } from './days.js';
import { say } from './texts.js';
import { clock, day } from './time.js';

/** "2026년 11월 21일 토요일 오후 2:00 – 오후 3:00"; over midnight both days are named. */
export function when({ start_time: start, end_time: end }) {
  if (start === end) return `${day(start)} ${clock(start)}`;
  const until = isOneDay(start, end) ? clock(end) : `${day(end)} ${clock(end)}`;
  return say('kit.from-to', { from: `${day(start)} ${clock(start)}`, to: until });
}

/** "오후 2:00 – 오후 3:00", as it stands below its day. */
export function hours({ start_time: start, end_time: end }) {
  if (start === end) return clock(start);
  return say('kit.from-to', { from: clock(start), to: isOneDay(start, end) ? clock(end) : `${day(end, { year: undefined, weekday: undefined })} ${clock(end)}` });
}

/** The days of the reader that an event touches; what ends at midnight does not touch the day that begins then. */
export function touches({ start_time: start, end_time: end }, wanted) {
  const last = dayOf(Math.max(Date.parse(start), Date.parse(end) - 1));
  return dayOf(start) <= wanted && wanted <= last;
}

const isOneDay = (start, end) => dayOf(start) === dayOf(end);
