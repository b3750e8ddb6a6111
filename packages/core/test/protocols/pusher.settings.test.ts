import { describe, expect, it } from 'vitest';
import { StopReconnecting } from '../../src/index';
import { pusher } from '../../src/protocols/pusher';
import { attempt, speak, welcome } from './pusherSession';

const protocol = pusher({ key: 'key' });

it.each(['', undefined])('a key that is %o is refused at once, since no server knows it', (key) => {
  expect(() => pusher({ key: key as string })).toThrow(expect.objectContaining({ option: 'key' })); // from an environment
});

describe('the address', () => {
  const query = '?protocol=7&client=tautline&version=1&flash=false';

  it.each([
    ['wss://a.test', `wss://a.test/app/key${query}`],
    ['ws://a.test:8080/', `ws://a.test:8080/app/key${query}`],
    ['wss://a.test/behind/proxy', `wss://a.test/behind/proxy/app/key${query}`],
    ['wss://a.test/behind/proxy/', `wss://a.test/behind/proxy/app/key${query}`],
    ['wss://a.test/?pass=1', `wss://a.test/app/key${query}&pass=1`],
  ])('%s becomes %s', async (given, address) => {
    const url = new URL(given);
    expect(String(await protocol.url?.(url, attempt()))).toBe(address);
    expect(String(url)).toBe(String(new URL(given)));
  });
});

describe('a frame', () => {
  const { encode, decode } = protocol.codec;

  it.each([
    ['JSON in JSON', '{"event":"e","channel":"c","data":"{\\"n\\":1}"}', { event: 'e', channel: 'c', data: { n: 1 } }],
    ['a value in JSON', '{"event":"e","data":"1"}', { event: 'e', data: 1 }],
    ['an object as it is', '{"event":"e","data":{"n":1}}', { event: 'e', data: { n: 1 } }],
    ['text that is no JSON', '{"event":"e","data":"hello"}', { event: 'e', data: 'hello' }],
    ['nothing', '{"event":"e"}', { event: 'e', data: undefined }],
  ])('may have %s as data', (_name, text, frame) => {
    expect(decode(text)).toEqual(frame);
  });

  it.each(['', 'null', '7', '[]', '{}', '{"event":7}', '"event"'])('is not %s', (text) => {
    expect(() => decode(text)).toThrow();
  });

  it('is not binary', () => {
    expect(() => decode(new ArrayBuffer(2))).toThrow();
  });

  it('is sent as JSON', () => {
    expect(encode({ event: 'e', channel: 'c', data: { n: 1 } })).toBe('{"event":"e","channel":"c","data":{"n":1}}');
  });
});

describe('a close code', () => {
  it.each([
    [4000, 'stop'],
    [4009, 'stop'],
    [4099, 'stop'],
    [4100, 'slow'],
    [4199, 'slow'],
    [4200, 'retry-now'],
    [4299, 'retry-now'],
    [4300, undefined],
    [3999, undefined],
    [1006, undefined],
  ])('%i: %s', (code, verdict) => {
    expect(protocol.closeVerdict?.({ code, reason: '', wasClean: true })).toBe(verdict);
  });
});

describe('the first frame', () => {
  it.each([
    ['its own, where that is shorter', 20_000, 30, 20_000],
    ["the server's, where that is shorter", 120_000, 30, 30_000],
    ['its own, where the server says nothing', 120_000, undefined, 120_000],
    ['its own, where what the server says is no time', 120_000, -1, 120_000],
    ['its own, where what the server says would be a storm', 120_000, 0.001, 120_000],
  ])('settles how often to ping: %s', async (_name, activityTimeout, activity_timeout, interval) => {
    const first = welcome({ socket_id: '1.2', activity_timeout });
    const { session } = await speak({ activityTimeout, pongTimeout: 7_000 }, { first });
    expect(session.heartbeat).toEqual({ interval, timeout: 7_000 });
  });

  it.each([4001, 4009])('that is an error for good (%i) gives up', async (code) => {
    const first = { event: 'pusher:error', data: { code, message: 'Application does not exist' } };
    const failure = await speak({}, { first }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StopReconnecting);
    expect(String(failure)).toContain(`Application does not exist (${code})`);
  });

  it.each([
    { event: 'pusher:error', data: { code: 4100, message: 'Over capacity' } },
    { event: 'pusher:error', data: null },
    { event: 'other', channel: 'news' },
  ])('that is no welcome is tried again: %o', async (first) => {
    const failure = await speak({}, { first }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(StopReconnecting);
  });
});

describe('the heartbeat', () => {
  it('is a ping that a pong answers', () => {
    expect(protocol.heartbeat).toMatchObject({ interval: 120_000, timeout: 30_000, message: { event: 'pusher:ping' } });
    const { isPong } = Object(protocol.heartbeat);
    expect([isPong({ event: 'pusher:pong' }), isPong({ event: 'pong' })]).toEqual([true, false]);
  });

  it('answers the pings of the server', async () => {
    const { hear, said } = await speak();
    expect(hear('pusher:ping')).toEqual([]);
    expect(said()).toEqual([{ event: 'pusher:pong', data: {} }]);
  });
});
