import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChannelServerOptions } from '../src';
import { simulate } from './simulation';

const names = fc.constantFrom(
  'room',
  'slow',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'x'.repeat(300),
);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), names, fc.constantFrom(-1, 0, 1, 2 ** 53, 1e308, null, true));
/** `connect` is rare: the second one ends the line. */
const methods = [
  ...[
    'subscribe',
    'subscribe',
    'subscribe',
    'unsubscribe',
    'publish',
    'publish',
    'presence',
    'presence_stats',
    'history',
    'rpc',
  ],
  ...['refresh', 'sub_refresh', 'send', '__proto__', 'toString'],
];

/** Mostly what a client would send, with something else in it now and then. */
const params = fc.record(
  {
    channel: fc.oneof({ weight: 5, arbitrary: names }, anything),
    data: fc.oneof(anything, fc.record({ event: names, payload: anything })),
    token: fc.oneof(names, anything),
    recover: fc.oneof(fc.boolean(), anything),
    offset: fc.oneof(fc.nat(), anything),
    epoch: fc.oneof(fc.string(), anything),
    limit: fc.oneof(fc.integer(), anything),
    since: fc.oneof(fc.record({ offset: fc.nat(), epoch: fc.string() }), anything),
    subs: fc.dictionary(names, fc.record({ recover: fc.boolean(), offset: fc.nat(), epoch: fc.string() })),
    method: names,
    join_leave: fc.boolean(),
  },
  { requiredKeys: [] },
);
const command = fc
  .tuple(
    fc.oneof({ weight: 50, arbitrary: fc.integer({ min: 1, max: 50 }) }, anything),
    fc.oneof({ weight: 20, arbitrary: fc.constantFrom(...methods) }, fc.constant('connect')),
    fc.oneof({ weight: 5, arbitrary: params }, anything),
  )
  .map(([id, method, body]) =>
    JSON.stringify(
      Object.fromEntries([
        ['id', id],
        [method, body],
      ]),
    ),
  );
const types = ['subscribe', 'unsubscribe', 'publish', 'call', 'ping', 'pong', 'event', '__proto__'];
const envelopeFrame = fc
  .record(
    {
      type: fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...types) }, fc.constant('connect')),
      id: fc.oneof({ weight: 5, arbitrary: fc.nat(50) }, anything),
      topic: fc.oneof({ weight: 5, arbitrary: names }, anything),
      event: fc.oneof({ weight: 5, arbitrary: names }, anything),
      payload: anything,
      position: fc.oneof(fc.constantFrom('0:x', '1:y', ':', '9'.repeat(400) + ':z'), anything),
    },
    { requiredKeys: ['type', 'id'] },
  )
  .map((frame) => JSON.stringify(frame));
const noise = fc.oneof(
  fc.string(),
  fc.constantFrom(
    '{',
    '[]',
    'null',
    '\n\n',
    '{"id":1}',
    `${'['.repeat(20_000)}`,
    `{"id":1,"rpc":{"data":${'['.repeat(9_000)}${']'.repeat(9_000)}}}`,
    '{"type":"ping","id":1e999}',
    '{"type":"call","event":"toString","id":1e999}',
  ),
);

const to = (lines: readonly number[], frames: fc.Arbitrary<string>) =>
  fc.record({ who: fc.constantFrom(...lines), frame: frames, pass: fc.constant(0) });
/** Lines 0 and 1 speak Centrifugo's protocol, 2 and 3 the envelope. */
const step = fc.oneof(
  { weight: 20, arbitrary: to([0, 1], command) },
  { weight: 20, arbitrary: to([2, 3], envelopeFrame) },
  { weight: 1, arbitrary: to([0, 1, 2, 3], fc.oneof(noise, command, envelopeFrame)) },
  { weight: 3, arbitrary: fc.record({ who: fc.constant(0), frame: fc.constant(undefined), pass: fc.nat(3_000) }) },
);
const steps = fc.array(step, { maxLength: 60, size: 'max' });

const age = 1_000;
const options: Omit<ChannelServerOptions, 'port' | 'server'> = {
  authorize: ({ token }) => (token === 'room' ? null : { user: token.slice(0, 1), channels: ['news', '__proto__'] }),
  channels: {
    slow: { authorize: async ({ token }) => token !== 'toString', presence: true, history: { age } },
    forgetful: { history: false, publish: true },
    '*': {
      publish: ({ payload }) => payload !== 1,
      presence: true,
      history: { size: 3, age },
      events: { room: ({ payload }) => payload, slow: () => Promise.reject(new Error()) },
    },
  },
  rpc: { room: ({ data }) => data, slow: () => 1n },
  onError: () => {},
};

it(
  'no frames make the server throw, and none leave anything behind once their lines are gone',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const { clock, context, open } = simulate(options);
        const lines = (['centrifugo', 'centrifugo', 'envelope', 'envelope'] as const).map((format) => open(format));
        for (const line of lines.slice(0, 2)) await line.send({ id: 1, connect: {} });
        for (const { who, frame, pass } of taken) {
          if (frame !== undefined) await lines[who]?.send(frame);
          else await clock.pass(pass);
        }
        for (const line of lines) line.drop();
        expect([context.roster.size, context.roster.arrivals.size]).toEqual([0, 0]);
        for (const name of ['room', 'slow', 'news', 'forgetful', '__proto__'])
          expect(context.hub.members(name)).toEqual([]);
        await clock.pass(age);
        expect([context.hub.size, clock.timers]).toEqual([0, 0]);
      }),
      { numRuns: 300 },
    );
  },
);

it('every command that can be answered is answered once, as long as the line is up', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 30, size: 'max' }), async (commands) => {
      const { open } = simulate(options);
      const line = open();
      await line.send({ id: 1_000, connect: {} });
      for (const [index, text] of commands.entries()) {
        if (line.closed.length) break;
        const { id: _, ...body } = JSON.parse(text);
        const id = index + 1;
        await line.send({ id, ...body });
        const answers = line.frames.filter((frame) => frame['id'] === id);
        if (!line.closed.length) expect(answers).toHaveLength('send' in body ? 0 : 1);
      }
    }),
    { numRuns: 300 },
  );
});
