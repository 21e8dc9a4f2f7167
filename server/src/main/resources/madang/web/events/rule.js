import { momentOf } from '../kit/days.js';
import { number, say } from '../kit/texts.js';
import { day, weekday } from '../kit/time.js';

/** What may be chosen, by name; other rules are another program's, and are only read. */
export const RULES = {
  none: null,
  daily: 'FREQ=DAILY',
  weekly: 'FREQ=WEEKLY',
  biweekly: 'FREQ=WEEKLY;INTERVAL=2',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
};

const ORDINALS = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', '-1': 'last' };

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A Sunday, from which the names of weekdays are counted. */
const SUNDAY = Date.UTC(2026, 10, 22, 12);

/** A rule as RFC 5545 has it, ending after so many times where a number is given. */
export const ruleOf = (name, times) => RULES[name] + (times ? `;COUNT=${times}` : '');

/** "매주 월, 수 · 10번"; a part that has no words here is left out. */
export function inWords(rule) {
  const parts = Object.fromEntries(rule.split(';').map((part) => part.split('=')));
  const interval = Number(parts.INTERVAL ?? 1);
  const every = say(`events.every.${parts.FREQ}${interval > 1 ? '-more' : ''}`, { count: interval });
  return [[every, parts.BYDAY && weekdays(parts.BYDAY)].filter(Boolean).join(' '), end(parts)].filter(Boolean).join(' · ');
}

function weekdays(days) {
  return days
    .split(',')
    .map((one) => {
      const [, ordinal, name] = /^([+-]?\d+)?(\w\w)$/.exec(one);
      const text = weekday(SUNDAY + DAYS.indexOf(name) * 86_400_000);
      const which = ORDINALS[Number(ordinal)];
      if (!ordinal) return text;
      return `${which ? say(`events.ordinal.${which}`) : number(Number(ordinal))} ${text}`;
    })
    .join(', ');
}

function end({ COUNT: times, UNTIL: until }) {
  if (times) return say('events.times', { count: Number(times) });
  const found = /^(\d{4})(\d\d)(\d\d)/.exec(until ?? '');
  return found && say('events.link-until', { until: day(momentOf(`${found[1]}-${found[2]}-${found[3]}T12:00`), { weekday: undefined }) });
}
