import { Store } from './store.js';
import { particle } from './particles.js';
import { recall, remember } from './memory.js';

const LANGUAGES = ['ko', 'en'];

/** The language that the page speaks: what was chosen, else the browser's, else Korean. */
export const language = new Store(recall('language') ?? preferred(navigator.languages));

let words = {};
const folders = new Set();

function preferred(tags) {
  const ours = tags.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => LANGUAGES.includes(tag));
  return ours ?? 'ko';
}

/** Brings the words of these folders (`kit`, `chat` …), which must stand before a component of theirs renders. */
export async function loadTexts(...names) {
  const missing = names.filter((name) => !folders.has(name));
  Object.assign(words, ...(await read(missing, language.value)));
  missing.forEach((name) => folders.add(name));
}

/** Changes the language of the whole page at once. */
export async function speak(tag) {
  if (!LANGUAGES.includes(tag) || tag === language.value) return;
  words = Object.assign({}, ...(await read([...folders], tag)));
  document.documentElement.lang = tag;
  remember('language', tag);
  language.set(tag);
}

function read(names, tag) {
  return Promise.all(names.map(async (name) => (await import(`../${name}/texts-${tag}.js`)).default));
}

export const has = (key) => key in words;

/**
 * The sentence of a key. `{name}` is a value, `{을/를}` the particle that fits what stands before it,
 * and `{count|# message|# messages}` the plural that fits a number.
 */
export function say(key, values = {}) {
  return fill(words[key] ?? key, values);
}

function fill(pattern, values) {
  return pattern.replace(/\{([^{}]+)\}/g, (_, hole, at) => {
    if (hole.includes('|')) return plural(values, hole);
    if (hole.includes('/')) return particle(fill(pattern.slice(0, at), values), hole);
    return String(values[hole] ?? '');
  });
}

function plural(values, hole) {
  const [name, one, other] = hole.split('|');
  const form = new Intl.PluralRules(language.value).select(values[name]) === 'one' ? one : other;
  return form.replace('#', number(values[name]));
}

export const number = (value) => new Intl.NumberFormat(language.value).format(value);
