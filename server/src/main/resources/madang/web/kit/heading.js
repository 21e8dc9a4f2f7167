import { Store } from './store.js';

/** What is in view, for the window's title; the page that shows it says so. */
export const heading = new Store('');
