import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createConnection, InvalidOptionError, json, type ConnectionOptions } from '../src/index';
import { resolveOptions } from '../src/runtime/resolveOptions';
import { fakeProtocol } from './kit/fakeProtocol';
import { stage, URL_OF_STAGE } from './kit/stage';

function refusal(options: object, url: string = URL_OF_STAGE): InvalidOptionError {
  try {
    createConnection(url, options as ConnectionOptions); // wrong on purpose
  } catch (error) {
    if (error instanceof InvalidOptionError) return error;
    throw error;
  }
  return expect.fail('nothing was thrown');
}

const numbers = {
  connectTimeout: 1,
  closeTimeout: 1,
  idleTimeout: 1,
  highWaterMark: 1,
  'reconnect.initialDelay': 0,
  'reconnect.maxDelay': 0,
  'reconnect.factor': 1,
  'reconnect.maxAttempts': 0,
  'reconnect.minUptime': 0,
  'heartbeat.interval': 1,
  'heartbeat.timeout': 1,
  'queue.maxMessages': 0,
  'queue.maxBytes': 0,
  'queue.ttl': 0,
  'lifecycle.hiddenAfter': 0,
};

/** The options with one set to a value, by its path. */
function withOption(path: string, value: unknown): object {
  const [group = '', name] = path.split('.');
  if (!name) return { [group]: value };
  return { [group]: { ...(group === 'heartbeat' && { message: 'ping' }), [name]: value } };
}

describe('an option that cannot work throws at once, by name', () => {
  const cases = Object.entries(numbers).flatMap(([path, least]) =>
    [least - 1, NaN, -Infinity, '5', {}].map((value) => [path, value, least] as const),
  );
  test.each(cases)('%s: %o', (path, value, least) => {
    const error = refusal(withOption(path, value));
    expect(error.option).toBe(path);
    expect(error.message).toContain(`\`${path}\``);
    expect(error.message).toContain(`at least ${least}`);
  });

  test.each(Object.entries(numbers))('%s takes %i', (path, least) => {
    expect(() => createConnection(URL_OF_STAGE, withOption(path, least))).not.toThrow();
  });

  test.each([
    ['reconnect.jitter', 'some', 'full, none'],
    ['queue.overflow', 'drop', 'drop-newest, drop-oldest, throw'],
    ['binaryType', 'buffer', 'arraybuffer, blob'],
    ['reconnect', 'yes', 'an object of options'],
    ['heartbeat', 25_000, 'an object of options'],
    ['queue', 'no', 'an object of options'],
    ['lifecycle', false, 'an object of options'],
    ['lifecycle.online', 'yes', 'true or false'],
    ['reconnect.delay', 100, 'a function'],
    ['heartbeat.isPong', 'pong', 'a function'],
    ['handshake', 'token', 'a function'],
    ['shouldReconnect', true, 'a function'],
    ['inspect', {}, 'a function'],
    ['WebSocket', {}, 'a function'],
    ['codec', json, 'encode and decode'],
    ['closeCodes.4000', 'never', 'retry, retry-now, slow, reauth, stop'],
  ])('%s: %s', (path, value, expected) => {
    const error = refusal(withOption(path, value));
    expect(error.option).toBe(path);
    expect(error.message).toContain(expected);
  });

  test('not in production builds, for which each byte counts; what comes at run time is checked there too', () => {
    vi.stubEnv('NODE_ENV', 'production');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => createConnection(URL_OF_STAGE, withOption('queue.maxBytes', -1))).not.toThrow();
    expect(refusal({}, 'ftp://example.test').option).toBe('url');
    expect(refusal({ protocols: 'a b' }).option).toBe('protocols');
  });

  test('heartbeat without a message', () => {
    expect(refusal({ heartbeat: {} }).option).toBe('heartbeat.message');
    expect(refusal({ heartbeat: true }).option).toBe('heartbeat.message');
  });

  test.each(['nowhere', 'example.test/line', 'ftp://example.test', 'wss://example.test/#fragment'])(
    'url: %s',
    (url) => {
      expect(refusal({}, url).option).toBe('url');
    },
  );

  test.each(['/line', './line', '../line', '?room=2', '//example.test'])(
    'but not the path %s, since the page it stands on may come later',
    (url) => expect(() => createConnection(url)).not.toThrow(),
  );

  test.each([{}, { '~standard': null }, () => true])('schema: %o', (schema) => {
    expect(refusal({ schema }).message).toContain('a Standard Schema');
  });

  test.each([[''], ['a b'], ['a,b'], ['é'], [['x', 'x']]])(
    'protocols: %o, without repeating what may be a token',
    (protocols) => {
      const error = refusal({ protocols });
      expect(error.option).toBe('protocols');
      if (protocols.length > 2) expect(error.message).not.toContain(String(protocols));
    },
  );

  test.each([
    ['code', 1001, undefined],
    ['code', 999, undefined],
    ['code', 5000, undefined],
    ['code', 3000.5, undefined],
    ['code', NaN, undefined],
    ['reason', 1000, 'é'.repeat(62)],
  ])('%s of disconnect: %s, %s', (option, code, reason) => {
    const { connection, status } = stage();
    connection.connect();
    expect(() => connection.disconnect(code, reason)).toThrow(expect.objectContaining({ option }));
    expect(status()).toBe('connecting');
  });

  test.each([
    [1000, ''],
    [3000, 'ok'],
    [4999, 'é'.repeat(61)],
  ])('disconnect takes %i', (code, reason) => {
    const { connection } = stage();
    expect(() => connection.disconnect(code, reason)).not.toThrow();
  });
});

describe('the rest of the options', () => {
  test('undefined means the default, also beside a protocol', () => {
    const channels = fakeProtocol({ heartbeat: { message: 'beat' }, protocols: 'v1' });
    const resolved = resolveOptions({
      channels,
      closeCodes: { 4000: undefined },
      heartbeat: undefined,
      protocols: undefined,
      connectTimeout: undefined,
      reconnect: { maxDelay: undefined, delay: undefined },
      queue: { ttl: undefined },
      lifecycle: { hiddenAfter: undefined, environment: undefined },
      codec: undefined,
    });
    expect(resolved).toMatchObject({
      heartbeat: { message: 'beat', interval: 25_000, timeout: 5_000 },
      protocols: 'v1',
      connectTimeout: 20_000,
      reconnect: { maxDelay: 10_000 },
      queue: { ttl: Infinity },
      lifecycle: { hiddenAfter: Infinity },
    });
    expect(resolved.codec.encode('x')).toBe('x');
  });

  test('what is given beside a protocol wins over it', () => {
    const channels = fakeProtocol({ heartbeat: { message: 'beat' }, protocols: 'v1' });
    expect(resolveOptions({ channels, heartbeat: false, protocols: 'v2' })).toMatchObject({
      heartbeat: null,
      protocols: 'v2',
    });
  });

  test('false turns off, true turns on', () => {
    expect(resolveOptions({ reconnect: false, queue: false, lifecycle: { hiddenAfter: false } })).toMatchObject({
      reconnect: null,
      queue: null,
      lifecycle: { hiddenAfter: Infinity },
    });
    expect(resolveOptions({ reconnect: true, queue: true })).toMatchObject({
      reconnect: { initialDelay: 1_000 },
      queue: { maxMessages: 1_000 },
    });
  });

  test('the options of the caller are not changed', () => {
    const given = Object.freeze({
      reconnect: Object.freeze({ maxDelay: 5 }),
      closeCodes: Object.freeze({ 4000: 'stop' as const }),
    });
    expect(() => resolveOptions(given)).not.toThrow();
    expect(resolveOptions({}).reconnect?.maxDelay).toBe(10_000);
  });

  test('part of the environment may be replaced, the rest stays', () => {
    const { environment } = resolveOptions({ lifecycle: { environment: { isHidden: () => true } } });
    expect(environment.isHidden()).toBe(true);
    expect(environment.now()).toBeTypeOf('number');
  });
});
