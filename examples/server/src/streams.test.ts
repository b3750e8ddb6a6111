import { expect, it } from 'vitest';
import { Streams } from './streams';

const fresh = { type: 'resume', session: null, after: 0 } as const;
const start = { rate: 100, now: 0, frames: () => ['{"a":1}', '{"a":2}'] };

it('begins a stream with the whole state', () => {
  const { stream, cursor, welcome } = new Streams(1_000).open('/market', fresh, start);
  expect(welcome).toEqual({ type: 'welcome', session: stream.id, resumed: false, replayed: 0 });
  expect(cursor).toBe(1);
  expect([1, 2, 3, 4].map((seq) => stream.outbox.at(seq))).toEqual([
    '{"seq":1,"type":"rate","updatesPerSecond":100}',
    '{"seq":2,"a":1}',
    '{"seq":3,"a":2}',
    undefined,
  ]);
});

it('goes on where the client was', () => {
  const streams = new Streams(1_000);
  const { stream } = streams.open('/market', fresh, start);
  const again = streams.open('/market', { type: 'resume', session: stream.id, after: 1 }, start);
  expect(again.stream).toBe(stream);
  expect(again.cursor).toBe(2);
  expect(again.welcome).toMatchObject({ resumed: true, replayed: 2 });
});

it('begins anew for a stream it does not know, one of another path, and a number it has not reached', () => {
  const streams = new Streams(1_000);
  const { stream } = streams.open('/market', fresh, start);
  const resumed = (path: string, session: string, after: number) =>
    streams.open(path, { type: 'resume', session, after }, start).welcome.resumed;
  expect([resumed('/market', 'unknown', 0), resumed('/fleet', stream.id, 0), resumed('/market', stream.id, 4)]).toEqual(
    [false, false, false],
  );
});

it('forgets a stream that was alone for too long, and no other', () => {
  const streams = new Streams(1_000);
  const { stream: left } = streams.open('/market', fresh, start);
  const { stream: used } = streams.open('/market', fresh, start);
  used.sockets = 1;
  streams.sweep(1_000);
  expect([...streams.all]).toEqual([left, used]);
  streams.sweep(1_001);
  expect([...streams.all]).toEqual([used]);
});
