// Everybody holds a socket, hears one room, and says something now and then. What is said reaches all
// of them in order and without a hole, and soon.
import { check } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import ws from 'k6/ws';
import { bearer, frames, people, room, socketUrl } from './madang.js';

const PEOPLE = Number(__ENV.PEOPLE || 100);
const ROOM_SIZE = Number(__ENV.ROOM_SIZE || 20);
const SECONDS = Number(__ENV.SECONDS || 60);
const PAUSE_MILLIS = Number(__ENV.PAUSE_MILLIS || 2000);

const acked = new Trend('said_to_acked', true);
const heard = new Trend('said_to_heard', true);
const holes = new Counter('holes');
const refused = new Counter('refused');

export const options = {
  scenarios: { sockets: { executor: 'per-vu-iterations', vus: PEOPLE, iterations: 1, maxDuration: `${SECONDS + 60}s` } },
  thresholds: { holes: ['count==0'], refused: ['count==0'], said_to_acked: ['p(99)<250'], said_to_heard: ['p(99)<500'], checks: ['rate==1'] },
};

export function setup() {
  const all = people(PEOPLE);
  const rooms = [];
  for (let first = 0; first < PEOPLE; first += ROOM_SIZE) rooms.push(room(all.slice(first, first + ROOM_SIZE)));
  return { all, rooms };
}

export default function ({ all, rooms }) {
  const number = (__VU - 1) % PEOPLE;
  const id = rooms[Math.floor(number / ROOM_SIZE)];
  const response = ws.connect(socketUrl(), bearer(all[number]), (socket) => talk(socket, id));
  check(response, { 'the door opened': ({ status }) => status === 101 });
}

function talk(socket, id) {
  const { call, on } = frames(socket);
  const early = [];
  let position = null;
  const hear = ({ after, changed_seq: seq, text }) => {
    if (seq <= position) return;
    if (after > position) holes.add(1);
    position = seq;
    const said = /~(\d+)$/.exec(text ?? '');
    if (said) heard.add(Date.now() - Number(said[1]));
  };
  // What comes before the answer to `chat.open` waits for the place that it names.
  on('chat.message', (message) => (position === null ? early.push(message) : hear(message)));
  const say = (count) => {
    const since = Date.now();
    call('chat.send', { room: id, text: `차 한 잔 할까요? ~${since}`, client_key: `${__VU}-${count}-${since}` }, ({ error }) => {
      if (error) refused.add(1);
      else acked.add(Date.now() - since);
    });
  };
  socket.on('open', () => {
    call('chat.open', { room: id }, ({ result }) => {
      position = result.last_seq;
      early.forEach(hear);
      let count = 0;
      socket.setTimeout(() => socket.setInterval(() => say(count++), PAUSE_MILLIS), Math.random() * PAUSE_MILLIS + 1);
    });
  });
  socket.setTimeout(() => socket.close(1000), SECONDS * 1000);
}
