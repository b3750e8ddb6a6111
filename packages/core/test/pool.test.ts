import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPool, type ConnectionOptions } from '../src/index';
import { fakeWebSockets } from './kit/fakeWebSocket';
import { URL_OF_STAGE } from './kit/stage';

let warn: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  vi.useFakeTimers();
  warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A pool whose connections open fake sockets. */
function pool() {
  const { WebSocket, sockets } = fakeWebSockets();
  const { share } = createPool();
  return {
    sockets,
    share: (url: string, options: ConnectionOptions = {}, how?: boolean | string) =>
      share(url, { WebSocket, ...options }, how),
  };
}

describe('a pool', () => {
  test('shares one connection, and one socket, by URL', () => {
    const { share, sockets } = pool();
    const first = share(URL_OF_STAGE);
    const second = share(URL_OF_STAGE);
    expect(second).toBe(first);
    first.retain();
    second.retain();
    expect(sockets).toHaveLength(1);
  });

  test('knows a URL however it is written', () => {
    const { share } = createPool();
    const all = ['ws://host.test', 'ws://host.test/', 'http://host.test', new URL('ws://host.test')];
    expect(new Set(all.map((url) => share(url, {}))).size).toBe(1);
  });

  test('knows subprotocols however they are written', () => {
    const { share } = pool();
    expect(share(URL_OF_STAGE, { protocols: ['v1'] })).toBe(share(URL_OF_STAGE, { protocols: 'v1' }));
  });

  test('tells apart by URL, subprotocols and name', () => {
    const { share } = pool();
    const all = [
      share(URL_OF_STAGE),
      share(`${URL_OF_STAGE}?room=2`),
      share(URL_OF_STAGE, { protocols: 'v1' }),
      share(URL_OF_STAGE, { protocols: ['v1', 'v2'] }),
      share(URL_OF_STAGE, {}, 'mine'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  test('gives a connection of its own with share: false', () => {
    const { share } = pool();
    expect(share(URL_OF_STAGE, {}, false)).not.toBe(share(URL_OF_STAGE, {}, false));
  });

  test('starts afresh for who comes after the last has left', () => {
    const { share, sockets } = pool();
    const first = share(URL_OF_STAGE);
    const releases = [first.retain(), share(URL_OF_STAGE).retain()];
    releases.forEach((release) => release());
    expect(share(URL_OF_STAGE)).toBe(first); // in the same breath
    vi.advanceTimersByTime(0);
    vi.advanceTimersByTime(0);
    expect(first.getSnapshot().status).toBe('disconnected');
    const next = share(URL_OF_STAGE);
    expect(next).not.toBe(first);
    next.retain();
    expect(sockets).toHaveLength(2);
  });

  test('keeps the connection and its socket through a release and a retain in one breath', () => {
    const { share, sockets } = pool();
    share(URL_OF_STAGE).retain()();
    share(URL_OF_STAGE).retain();
    vi.advanceTimersByTime(10);
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.isLive).toBe(true);
  });

  test('refuses a bad option like createConnection does, and remembers nothing of it', () => {
    const { share } = pool();
    expect(() => share(URL_OF_STAGE, { connectTimeout: -1 })).toThrow('connectTimeout');
    expect(() => share(URL_OF_STAGE)).not.toThrow();
  });
});

describe('options that disagree', () => {
  test('are named in a warning, once, without the secrets of the URL', () => {
    const { share } = pool();
    const url = `${URL_OF_STAGE}?token=s3cret`;
    const connection = share(url, { connectTimeout: 1_000 });
    share(url, { connectTimeout: 2_000, idleTimeout: 9_000 });
    share(url, { connectTimeout: 3_000 });
    expect(warn).toHaveBeenCalledTimes(1);
    const [text] = warn.mock.calls[0] as [string];
    expect(text).toContain('`connectTimeout`, `idleTimeout`');
    expect(text).toContain('share: false');
    expect(text).not.toContain('s3cret');
    expect(connection.getSnapshot().status).toBe('idle');
  });

  test('are no disagreement where only functions or inline objects differ by identity', () => {
    const { share } = pool();
    const options = () => ({
      shouldReconnect: () => true,
      reconnect: { maxDelay: 5_000 },
      closeCodes: { 4000: 'stop' as const },
    });
    share(URL_OF_STAGE, options());
    share(URL_OF_STAGE, { ...options(), heartbeat: undefined });
    expect(warn).not.toHaveBeenCalled();
  });

  test('are not looked at in production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    const { share } = pool();
    share(URL_OF_STAGE, { connectTimeout: 1_000 });
    share(URL_OF_STAGE, { connectTimeout: 2_000 });
    vi.unstubAllEnvs();
    expect(warn).not.toHaveBeenCalled();
  });

  test('that cannot be compared are let be', () => {
    const { share } = pool();
    const schema = {
      '~standard': { version: 1 as const, vendor: 'test', validate: (value: unknown) => ({ value: value as string }) },
    };
    const options = { schema: Object.assign(schema, { self: schema }) };
    share(URL_OF_STAGE, options);
    expect(() => share(URL_OF_STAGE, options)).not.toThrow();
  });
});
