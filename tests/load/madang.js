// What the scripts share: people, rooms, the envelope, and the frames of the native socket.
import http from 'k6/http';
import { check, fail } from 'k6';

const URL = __ENV.MADANG_URL || 'http://127.0.0.1:8080';
const PASSWORD = 'tea in the garden';

const json = (token) => ({ headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) } });

const open = (response) => {
  if (!check(response, { answered: ({ status }) => status < 300 })) fail(`${response.request.method} ${response.request.url}: ${response.status} ${response.body}`);
  return response.json('data');
};

export const get = (person, path, name = path) => open(http.get(`${URL}/api/v1${path}`, { ...json(person.token), tags: { name } }));

export const post = (person, path, body, name = path) => open(http.post(`${URL}/api/v1${path}`, JSON.stringify(body), { ...json(person?.token), tags: { name } }));

export const put = (person, path, body, name = path) => open(http.put(`${URL}/api/v1${path}`, JSON.stringify(body), { ...json(person.token), tags: { name } }));

/** So many new people. */
export function people(count) {
  const run = Date.now().toString(36);
  return Array.from({ length: count }, (_, number) => {
    const { access_token: token, user } = post(null, '/auth/register', { username: `k6-${run}-${number}`, password: PASSWORD });
    return { token, id: user.id };
  });
}

/** A public room that all of them are in; its id. */
export function room(members) {
  const { id } = post(members[0], '/chat/rooms', { name: `k6 ${Date.now().toString(36)} ${Math.random()}`, type: 'public' }, '/chat/rooms');
  members.slice(1).forEach((member) => post(member, `/chat/rooms/${id}/join`, {}, '/chat/rooms/{room}/join'));
  return id;
}

export const socketUrl = () => `${URL.replace(/^http/, 'ws')}/api/v1/chat/ws`;

export const bearer = ({ token }) => ({ headers: { Authorization: `Bearer ${token}` } });

/** Speaks frames on a k6 socket: `call` hears its answer, `on` every push of a method. */
export function frames(socket) {
  const waiting = {};
  const listeners = {};
  let asked = 0;
  socket.on('message', (text) => {
    const frame = JSON.parse(text);
    if (frame.method) return listeners[frame.method]?.(frame.params);
    const answered = waiting[frame.id];
    delete waiting[frame.id];
    answered?.(frame);
  });
  return {
    on: (method, listener) => (listeners[method] = listener),
    call(method, params, answered) {
      waiting[++asked] = answered;
      socket.send(JSON.stringify({ id: asked, method, params }));
    },
  };
}
