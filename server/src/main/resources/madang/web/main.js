import { css, html, nothing } from 'lit';
import { badges } from './kit/badges.js';
import { define, Element } from './kit/element.js';
import { findable } from './kit/finder.js';
import { heading } from './kit/heading.js';
import { followLinks, go, match, route } from './kit/router.js';
import { language, loadTexts, say } from './kit/texts.js';
import { resume, session } from './identity/session.js';
import { features, HOME } from './pages.js';
import './kit/announce.js';
import './kit/connection-bar.js';
import './kit/error.js';
import './kit/rail.js';
import './kit/skeleton.js';
import './kit/toast.js';

/** The whole page: who is here, where they are, and the view that belongs there. */
class App extends Element {
  static properties = { shown: { state: true }, failure: { state: true }, finding: { state: true } };

  static styles = css`
    :host {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      block-size: 100dvh;
    }
    .frame {
      display: grid;
      grid-template-columns: var(--rail) minmax(0, 1fr);
      min-block-size: 0;
    }
    main {
      min-block-size: 0;
      min-inline-size: 0;
      overflow: auto;
    }
    .skip {
      position: absolute;
      z-index: 2;
      inset-block-start: var(--space-2);
      inset-inline-start: var(--space-2);
      padding: var(--space-2) var(--space-4);
      border-radius: var(--radius);
      background: var(--surface);
    }
    .skip:not(:focus) {
      inset-block-start: -100vh;
    }
    @media (max-width: 959px) {
      .frame {
        grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
      }
      .frame.alone {
        grid-template-rows: minmax(0, 1fr);
      }
      .alone m-rail {
        display: none;
      }
      m-rail {
        order: 1;
      }
    }
  `;

  constructor() {
    super();
    this.shown = null;
    this.watch(session, badges, heading);
    route.subscribe(() => this.#arrive());
    session.subscribe((now) => this.#settle(now));
    addEventListener('keydown', this.#shortcut);
    findable('pages', pagesToFind);
  }

  firstUpdated() {
    resume();
  }

  render() {
    const { state } = session.value;
    if (state === 'unreachable') return html`<m-error .error=${session.value.error} @retry=${resume}></m-error>`;
    const isOutside = this.shown && isOutsideFor(state, this.shown.page);
    if (state === 'unknown' || !this.shown || (state === 'guest' && !isOutside)) return html`<m-skeleton></m-skeleton>`;
    return isOutside ? html`<main>${this.#view()}</main><m-toasts></m-toasts>` : this.#inside();
  }

  #inside() {
    return html`<m-connection-bar></m-connection-bar>
      <a class="skip" href="#main" @click=${this.#skip}>${say('kit.skip')}</a>
      <div class="frame ${this.shown.page.alone ? 'alone' : ''}" @find=${() => (this.finding = true)}>
        <m-rail .features=${features.filter(({ path }) => path)} path=${route.value.path}></m-rail>
        <main id="main" tabindex="-1">${this.#view()}</main>
      </div>
      ${this.finding ? html`<m-finder @close=${() => (this.finding = false)}></m-finder>` : nothing}
      <m-live-region></m-live-region>
      <m-toasts></m-toasts>`;
  }

  #view() {
    if (this.failure) return html`<m-error .error=${this.failure} action=${say('kit.reload')} @retry=${() => location.reload()}></m-error>`;
    return this.shown.page.view({ params: this.shown.params, query: route.value.query });
  }

  updated() {
    const waiting = Object.values(badges.value).reduce((sum, count) => sum + count, 0);
    const place = [heading.value, say('kit.madang')].filter(Boolean).join(' · ');
    document.title = waiting ? `(${waiting}) ${place}` : place;
  }

  async #settle({ state, user }) {
    document.documentElement.lang = language.value;
    const signedIn = state === 'user' ? user.id : null;
    if (signedIn !== this.signedIn) {
      this.signedIn = signedIn;
      for (const { name, words = name, start, stop } of features) {
        if (signedIn) await loadTexts(words);
        await (signedIn ? start?.() : stop?.());
      }
    }
    this.#arrive();
  }

  /** Opens the page that the address names, or sends the reader to the one that is theirs. */
  async #arrive() {
    const { state } = session.value;
    if (state !== 'user' && state !== 'guest') return;
    const found = find(route.value.path);
    if (state === 'guest' && !(found && isOutsideFor(state, found.page))) return go(welcome(), { replace: true });
    if (!found || (state === 'user' && found.page.guests)) return go(next(), { replace: true });
    try {
      await Promise.all([loadTexts(found.words), found.page.load()]);
      this.failure = null;
    } catch {
      // A new release took the file away: the address is right, only this page is old.
      this.failure = { message: say('kit.old-page') };
    }
    if (find(route.value.path)?.page !== found.page) return;
    if (this.shown?.page.path !== found.page.path) heading.set('');
    this.shown = found;
  }

  #shortcut = (press) => {
    if ((press.ctrlKey || press.metaKey) && press.key.toLowerCase() === 'k' && session.value.state === 'user') {
      press.preventDefault();
      this.finding = true;
    }
  };

  #skip = (click) => {
    click.preventDefault();
    this.$('main').focus();
  };
}

function find(path) {
  for (const { name, words = name, pages } of features) {
    for (const page of pages) {
      const params = match(page.path, path);
      if (params) return { page, params, words };
    }
  }
  return null;
}

/** Whether a page stands outside the house for who is here. */
const isOutsideFor = (state, { guests, anybody, open }) => guests || anybody || (open && state === 'guest');

function welcome() {
  const wanted = location.pathname + location.search;
  return wanted === '/' || wanted === HOME ? '/welcome' : `/welcome?next=${encodeURIComponent(wanted)}`;
}

/** Back to the page that asked to sign in, if it is one of ours; who could not link an account, to where he tried. */
function next() {
  if (route.value.query.has('error')) return `/settings/security?error=${encodeURIComponent(route.value.query.get('error'))}`;
  const wanted = route.value.query.get('next') ?? HOME;
  return find(wanted.split('?')[0]) ? wanted : HOME;
}

const pagesToFind = () =>
  features.filter(({ path }) => path).map(({ name, path, icon }) => ({ icon, path, text: say(`kit.feature.${name}`), detail: say('kit.find-page') }));

followLinks((path) => path === '/' || find(path) !== null);
await loadTexts('kit');
define('m-app', App);
