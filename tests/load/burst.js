// Nothing, then everybody at once: sockets open and speak three times as much as is allowed in one
// breath. Every frame is stored, or refused with the time to wait; nobody is thrown out.
import { check } from 'k6';
import { Counter } from 'k6/metrics';
import ws from 'k6/ws';
import { bearer, frames, people, room, socketUrl } from './madang.js';

const PEOPLE = Number(__ENV.PEOPLE || 100);
const BURST = Number(__ENV.BURST || 120);
const SECONDS = 20;

const stored = new Counter('stored');
const slowed = new Counter('slowed_down');
const broken = new Counter('broken');

export const options = {
  scenarios: { burst: { executor: 'per-vu-iterations', vus: PEOPLE, iterations: 1, maxDuration: '2m' } },
  thresholds: { broken: ['count==0'], stored: [`count>=${PEOPLE}`], checks: ['rate==1'] },
};

export function setup() {
  const all = people(PEOPLE);
  return { all, id: room(all) };
}

export default function ({ all, id }) {
  let end = 0;
  const response = ws.connect(socketUrl(), bearer(all[(__VU - 1) % PEOPLE]), (socket) => {
    const { call } = frames(socket);
    socket.on('open', () => {
      for (let count = 0; count < BURST; count++) {
        call('chat.send', { room: id, text: `한꺼번에 ${count}`, client_key: `${__VU}-${count}` }, ({ error }) => {
          if (!error) stored.add(1);
          else if (error.code === 'RATE_LIMIT_EXCEEDED' && error.retry_after_ms > 0) slowed.add(1);
          else broken.add(1, { code: error.code });
        });
      }
    });
    socket.on('close', (code) => (end = code));
    socket.setTimeout(() => socket.close(1000), SECONDS * 1000);
  });
  check(response, { 'the door opened': ({ status }) => status === 101 });
  check(end, { 'nobody was thrown out': (code) => [0, 1000, 1005].includes(code) });
}
