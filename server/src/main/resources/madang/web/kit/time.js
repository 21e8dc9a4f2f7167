import { Store } from './store.js';
import { language, say } from './texts.js';

/** The reader's zone: the account's, else the browser's. */
export const zone = new Store(Intl.DateTimeFormat().resolvedOptions().timeZone);

/** The present, told once a minute, so that "3분 전" grows old by itself. */
export const minute = new Store(Date.now());
setInterval(() => minute.set(Date.now()), 60_000);

const STEPS = [
  ['minute', 60],
  ['hour', 3600],
  ['day', 86_400],
];

/** "방금", "3분 전", "어제"; from a week on, the date. */
export function ago(time, now = Date.now()) {
  const seconds = (now - Date.parse(time)) / 1000;
  if (seconds < 60) return say('kit.just-now');
  if (seconds >= 7 * 86_400) return day(time, { year: undefined, weekday: undefined });
  const [unit, size] = STEPS.findLast(([, least]) => seconds >= least);
  return new Intl.RelativeTimeFormat(language.value, { numeric: 'auto', style: 'short' }).format(-Math.floor(seconds / size), unit);
}

/** "오후 3:12" */
export const clock = (time) => format(time, { hour: 'numeric', minute: '2-digit' });

/** "15:12", where there is little room. */
export const shortClock = (time) => format(time, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** "오늘", "어제", and before that the date. */
export function dayName(time, now = Date.now()) {
  const days = [now, now - 86_400_000].map(dayKey).indexOf(dayKey(time));
  if (days < 0) return day(time);
  const name = new Intl.RelativeTimeFormat(language.value, { numeric: 'auto' }).format(-days, 'day');
  return name[0].toUpperCase() + name.slice(1);
}

/** "2026년 11월 21일 토요일" */
export const day = (time, how = {}) => format(time, { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long', ...how });

/** "2026년 11월" */
export const month = (time) => format(time, { year: 'numeric', month: 'long' });

/** "토" */
export const weekday = (time) => format(time, { weekday: 'short' });

/** "2026년 11월 21일 오후 3:12" */
export const moment = (time) => format(time, { dateStyle: 'long', timeStyle: 'short' });

/** Everything, for who wants to know exactly. */
export const exact = (time) => format(time, { dateStyle: 'full', timeStyle: 'medium' });

/** Two times with the same answer fall on the same day of the reader. */
export const dayKey = (time) => format(time, { year: 'numeric', month: '2-digit', day: '2-digit' });

const formats = new Map();

function format(time, how) {
  const key = JSON.stringify([language.value, zone.value, how]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language.value, { ...how, timeZone: zone.value }));
  return formats.get(key).format(new Date(time));
}
