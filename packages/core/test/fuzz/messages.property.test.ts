import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { createFeed, json, keyBy, type IncomingData } from '../../src/index';
import { stage } from '../kit/stage';
import { hostileFrames } from './hostile';

interface Quote {
  readonly symbol: string;
  readonly price: number;
}

const QUOTES = ['{"symbol":"ABC","price":1}', '{"symbol":"__proto__","price":2}', '{"symbol":"XYZ","price":{"bid":1}}'];

it('whatever comes is a message or an `invalid` event, and reaches a feed by any key', () => {
  fc.assert(
    fc.property(hostileFrames(QUOTES), (frames) => {
      const before = Object.getOwnPropertyNames(Object.prototype);
      const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
      const { connection, heardOf, up } = stage<Quote, unknown>({ codec: json() });
      const symbolOf = (quote: Quote | null) => quote?.symbol ?? 'none';
      const feed = createFeed(connection, keyBy(symbolOf), { flush: 'sync' });
      feed.retain();
      const socket = up();
      for (const frame of frames) socket.deliver(frame);
      expect(heardOf('message').length + heardOf('invalid').length).toBe(frames.length);
      socket.deliver('{"symbol":"LAST","price":7}');
      expect(feed.getSnapshot().get('LAST')).toEqual({ symbol: 'LAST', price: 7 });
      expect(reported.mock.calls).toEqual([]);
      reported.mockRestore();
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

it('without a codec everything is a message', () => {
  fc.assert(
    fc.property(hostileFrames(['"text"', new ArrayBuffer(3)]), (frames: readonly IncomingData[]) => {
      const { heardOf, up } = stage();
      const socket = up();
      for (const frame of frames) socket.deliver(frame);
      expect(heardOf('message')).toEqual(frames);
    }),
  );
});
