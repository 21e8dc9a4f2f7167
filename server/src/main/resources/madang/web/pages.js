import { html } from 'lit';

const chat = ({ params, query }) =>
  html`<chat-page .room=${params.room ?? null} .at=${Number(query.get('at')) || null} .thread=${query.get('thread')} .words=${query.get('q')}></chat-page>`;

const event = (part) => ({ params, query }) =>
  html`<events-event .id=${params.event} .part=${part} .at=${Number(query.get('at')) || null} .thread=${query.get('thread')}></events-event>`;

const eventPage = () => import('./events/event-page.js');
const letter = () => import('./identity/letter-page.js');
const settings = () => import('./account/settings-page.js');
const security = ({ query }) => html`<account-settings part="security" .failure=${query.get('error')}></account-settings>`;

/**
 * Every feature that has pages, in the order of the rail: its words, its pages, and what it starts once
 * somebody is signed in. Code arrives when it is first needed. A page for `guests` asks nobody to sign
 * in, one for `anybody` does not care, an `open` one is outside for guests and inside for members; one
 * that stands `alone` takes the whole of a phone's screen. `also` are paths of others at which the feature
 * is shown as the one that the reader is in.
 */
export const features = [
  {
    name: 'identity',
    pages: [
      {
        path: '/welcome',
        guests: true,
        load: () => import('./identity/welcome-page.js'),
        view: ({ query }) => html`<identity-welcome .next=${query.get('next')} .failure=${query.get('error')}></identity-welcome>`,
      },
      { path: '/reset', anybody: true, load: letter, view: () => html`<identity-letter purpose="reset"></identity-letter>` },
      { path: '/verify-email', anybody: true, load: letter, view: () => html`<identity-letter purpose="verify"></identity-letter>` },
      { path: '/magic', anybody: true, load: letter, view: () => html`<identity-letter purpose="enter"></identity-letter>` },
    ],
  },
  {
    name: 'chat',
    icon: 'chat',
    path: '/chat',
    start: async () => (await import('./chat/rooms.js')).start(),
    stop: async () => (await import('./chat/rooms.js')).stop(),
    pages: [
      { path: '/chat', load: () => import('./chat/chat-page.js'), view: chat },
      { path: '/chat/{room}', load: () => import('./chat/chat-page.js'), view: chat, alone: true },
    ],
  },
  {
    name: 'events',
    icon: 'calendar-event',
    path: '/events',
    also: ['/slots', '/polls', '/invite'],
    start: async () => (await import('./events/events.js')).start(),
    stop: async () => (await import('./events/events.js')).stop(),
    pages: [
      { path: '/events', load: () => import('./events/events-page.js'), view: ({ query }) => html`<events-page .day=${query.get('day')}></events-page>` },
      { path: '/events/{event}', load: eventPage, view: event('about'), alone: true },
      { path: '/events/{event}/chat', load: eventPage, view: event('chat'), alone: true },
      { path: '/invite/{code}', load: () => import('./events/invite-page.js'), view: ({ params }) => html`<events-invite-page .code=${params.code}></events-invite-page>` },
    ],
  },
  {
    name: 'slots',
    pages: [
      { path: '/slots', open: true, load: () => import('./slots/slots-page.js'), view: () => html`<slots-page></slots-page>` },
      { path: '/slots/{slot}', open: true, load: () => import('./slots/slot-page.js'), view: ({ params }) => html`<slots-slot .id=${params.slot}></slots-slot>` },
      { path: '/polls', load: () => import('./slots/polls-page.js'), view: () => html`<slots-polls></slots-polls>` },
      { path: '/polls/{code}', load: () => import('./slots/poll-page.js'), view: ({ params }) => html`<slots-poll .code=${params.code}></slots-poll>` },
    ],
  },
  {
    name: 'people',
    icon: 'people',
    path: '/friends',
    start: async () => (await import('./people/friends.js')).start(),
    stop: async () => (await import('./people/friends.js')).stop(),
    pages: [{ path: '/friends', load: () => import('./people/friends-page.js'), view: () => html`<people-friends></people-friends>` }],
  },
  {
    name: 'settings',
    words: 'account',
    icon: 'gear',
    path: '/settings',
    last: true,
    pages: [
      { path: '/settings', load: settings, view: () => html`<account-settings part="profile"></account-settings>` },
      { path: '/account', load: settings, view: security },
      { path: '/settings/security', load: settings, view: security },
      { path: '/settings/calendar', load: settings, view: ({ query }) => html`<account-settings part="calendar" .failure=${query.get('error')}></account-settings>` },
      { path: '/settings/privacy', load: settings, view: () => html`<account-settings part="privacy"></account-settings>` },
    ],
  },
];

/** Where somebody who is signed in arrives. */
export const HOME = '/chat';
