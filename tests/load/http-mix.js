// What people do over HTTP, in the proportions in which they do it: read much, say little.
import { sleep } from 'k6';
import { get, people, post, put, room } from './madang.js';

const PEOPLE = Number(__ENV.PEOPLE || 50);

export const options = {
  scenarios: { mix: { executor: 'constant-vus', vus: PEOPLE, duration: __ENV.DURATION || '1m' } },
  thresholds: { http_req_failed: ['rate<0.001'], 'http_req_duration{scenario:mix}': ['p(95)<200'] },
};

export function setup() {
  const all = people(PEOPLE);
  const rooms = Array.from({ length: Math.ceil(PEOPLE / 10) }, (_, number) => room(all.slice(number * 10, number * 10 + 10)));
  return { all, rooms };
}

export default function ({ all, rooms }) {
  const number = (__VU - 1) % all.length;
  const me = all[number];
  const id = rooms[Math.floor(number / 10)];
  const what = Math.random();
  if (what < 0.35) get(me, `/chat/messages?room=${id}`, '/chat/messages');
  else if (what < 0.6) get(me, '/chat/rooms?scope=mine', '/chat/rooms');
  else if (what < 0.75) get(me, '/auth/me');
  else if (what < 0.9) post(me, `/chat/rooms/${id}/messages`, { text: `차 한 잔 할까요? ${__ITER}` }, '/chat/rooms/{room}/messages');
  else put(me, `/chat/rooms/${id}/read`, { seq: get(me, `/chat/rooms/${id}`, '/chat/rooms/{room}').last_seq }, '/chat/rooms/{room}/read');
  sleep(0.2 + Math.random() * 0.3);
}
