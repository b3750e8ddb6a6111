import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { Valve } from './valve';

function createFakeSocket() {
  const calls: string[] = [];
  const note = (call: string) => () => void calls.push(call);
  const socket = {
    once: () => {},
    pause: note('pause'),
    resume: note('resume'),
    cork: note('cork'),
    uncork: note('uncork'),
  };
  return { calls, socket: socket as unknown as Socket }; // all that a valve uses
}

it('leaves a healthy line alone', () => {
  const { calls, socket } = createFakeSocket();
  new Valve(socket).turn(1_000, { frozen: false, delay: 0 });
  expect(calls).toEqual([]);
});

it('stays shut for as long as the line is frozen', () => {
  const { calls, socket } = createFakeSocket();
  const valve = new Valve(socket);
  for (const now of [1_000, 1_020, 9_000]) valve.turn(now, { frozen: true, delay: 0 });
  expect(calls).toEqual(['pause', 'cork']);
  valve.turn(9_020, { frozen: false, delay: 0 });
  expect(calls.slice(2)).toEqual(['uncork', 'resume']);
});

it('opens once in a while on a slow line', () => {
  const { calls, socket } = createFakeSocket();
  const valve = new Valve(socket);
  for (let now = 10_000; now < 12_000; now += 20) valve.turn(now, { frozen: false, delay: 1_000 });
  expect(calls).toEqual(['pause', 'cork', 'uncork', 'resume', 'pause', 'cork']);
});
