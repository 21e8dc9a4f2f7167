import { Store } from './store.js';

/** How much waits in each feature, by its name: the numbers on the rail and in the window's title. */
export const badges = new Store({});

/** As people read it: nothing for none, and no end of digits. */
export const short = (count) => (count > 999 ? '999+' : count > 0 ? String(count) : '');
