import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileFrames } from '../../core/test/fuzz/hostile';
import { simulate } from './simulation';

/** As clients send them. */
const FRAMES = {
  centrifugo: [
    '{"id":1,"connect":{"token":"a","data":{"a":1},"subs":{"news":{"recover":true,"offset":1,"epoch":"x"}},"name":"js"}}',
    '{"id":2,"subscribe":{"channel":"room","recover":true,"offset":1,"epoch":"x","join_leave":true,"token":"a"}}',
    '{"id":3,"publish":{"channel":"room","data":{"event":"say","payload":{"text":"hi"}}}}',
    '{"id":4,"history":{"channel":"room","limit":10,"reverse":true,"since":{"offset":1,"epoch":"x"}}}',
    '{"id":5,"presence":{"channel":"room"}}',
    '{"id":6,"presence_stats":{"channel":"room"}}',
    '{"id":7,"rpc":{"method":"echo","data":{"a":[1,2,{"b":3}]}}}',
    '{"id":8,"refresh":{"token":"a"}}',
    '{"id":9,"sub_refresh":{"channel":"room","token":"a"}}',
    '{"id":10,"unsubscribe":{"channel":"room"}}',
    '{"send":{"data":1}}',
    '{}',
  ],
  envelope: [
    '{"type":"connect","id":1,"payload":{"token":"a"}}',
    '{"type":"subscribe","id":2,"topic":"room","payload":{"a":1},"position":"3:abc"}',
    '{"type":"publish","id":3,"topic":"room","event":"say","payload":{"text":"hi"}}',
    '{"type":"call","id":4,"event":"echo","topic":"room","payload":{"a":[1,2,{"b":3}]}}',
    '{"type":"unsubscribe","id":5,"topic":"room"}',
    '{"type":"ping"}',
    '{"type":"pong"}',
  ],
} as const;

describe.each(['centrifugo', 'envelope'] as const)('frames of %s with anything in them', (format) => {
  it('make nothing throw, and others in the channel are told nothing that is no frame', async () => {
    await fc.assert(
      fc.asyncProperty(hostileFrames(FRAMES[format]), async (frames) => {
        const before = Object.getOwnPropertyNames(Object.prototype);
        const { context, open } = simulate({
          channels: { '*': { publish: true, presence: true } },
          rpc: { echo: ({ data }) => data },
          onError: () => {},
        });
        const bob = open('envelope');
        await bob.send({ type: 'subscribe', id: 1, topic: 'room' });
        const eve = open(format);
        await eve.send(format === 'envelope' ? { type: 'connect', id: 1 } : { id: 1, connect: {} });
        for (const frame of frames) await eve.send(typeof frame === 'string' ? frame : ''); // as binary ones are read
        for (const { type } of bob.frames) expect(['ack', 'event', 'presence']).toContain(type);
        await bob.send({ type: 'call', id: 2, event: 'echo', payload: 7 });
        expect(bob.frames.at(-1)).toEqual({ type: 'ack', id: 2, payload: 7 });
        eve.drop();
        bob.drop();
        expect([context.roster.size, context.hub.members('room')]).toEqual([0, []]);
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
      }),
      { numRuns: 300 },
    );
  }, 30_000);
});
