import { language } from './texts.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** "1.2MB" */
export function bytes(size) {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(size, 1)) / 3));
  return new Intl.NumberFormat(language.value, { style: 'unit', unit: UNITS[step], unitDisplay: 'short', maximumFractionDigits: step > 1 ? 1 : 0 }).format(size / 1000 ** step);
}

/** "37%" of a share from 0 to 1. */
export const percent = (share) => new Intl.NumberFormat(language.value, { style: 'percent' }).format(share);
