import { describe, expect, test, vi } from 'vitest';
import { inspect as print } from 'node:util';
import type { InspectRecord } from '../src/index';
import { toWebSocketUrl } from '../src/wire/url';
import { microtasks } from './kit/fakeEnvironment';
import { stage } from './kit/stage';

const SECRETS = ['s3cret', 'pa55word', 'alice', 'tok3n'];
const SECRET_URL = 'wss://alice:pa55word@example.test/line?token=s3cret&room=s3cret#';

function recorded(options: Parameters<typeof stage<string, string>>[0] = {}) {
  const records: InspectRecord[] = [];
  const on = stage<string, string>({ ...options, inspect: (record) => records.push(record) });
  return { ...on, records };
}

describe('inspect', () => {
  test('receives transitions, attempts, messages, sends and drops, with their time', () => {
    const { connection, up, records, environment } = recorded({ queue: { maxMessages: 1 } });
    connection.send('waits');
    connection.send('dropped');
    up().deliver('hello');
    const { time } = environment;
    expect(records.every((record) => record.time === time)).toBe(true);
    expect(records).toMatchObject([
      { type: 'send', message: 'waits', result: 'queued' },
      { type: 'drop', message: 'dropped', reason: 'overflow' },
      { type: 'send', message: 'dropped', result: 'dropped' },
      { type: 'attempt', attempt: 0, reason: 'connect', url: 'wss://example.test/line', protocols: 0 },
      { type: 'transition', event: 'connect', from: 'idle', to: 'connecting', timer: null },
      { type: 'transition', event: 'line-opened', from: 'connecting', to: 'open', snapshot: { status: 'connected' } },
      { type: 'message', message: 'hello' },
    ]);
  });

  test('names the timer that fired', () => {
    const { up, records, environment } = recorded();
    up().end(1006);
    environment.advance(500);
    expect(records).toContainEqual(expect.objectContaining({ event: 'timer-fired', timer: 'retry', to: 'connecting' }));
  });

  test('that throws breaks nothing', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { up, status } = stage({
      inspect() {
        throw new Error('devtools crashed');
      },
    });
    up();
    expect(status()).toBe('connected');
    expect(report).toHaveBeenCalled();
    report.mockRestore();
  });
});

describe('no record tells', () => {
  test('query values, user or password', () => {
    const { connection, up, records } = recorded({ url: SECRET_URL.slice(0, -1) });
    up().end(1006);
    connection.dispose();
    const text = JSON.stringify(records);
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(text).toContain('wss://example.test/line?token=…&room=…');
  });

  test('the name of a subprotocol, offered or chosen', () => {
    const { connection, up, records } = recorded({ protocols: ['v1', 'tok3n'] });
    const socket = up('tok3n');
    expect(connection.getSnapshot().subprotocol).toBe('tok3n');
    socket.end(1006);
    connection.dispose();
    expect(JSON.stringify(records)).not.toContain('tok3n');
    expect(records).toContainEqual(expect.objectContaining({ type: 'attempt', protocols: 2 }));
  });

  test('what an invalid URL from a provider holds, not even printed with its causes', () => {
    const { connection, records } = recorded({ url: () => `http://[alice:pa55word@/?token=s3cret` });
    connection.connect();
    expect(connection.getSnapshot().error?.code).toBe('invalid-option');
    const text = JSON.stringify(records) + print(records, { depth: 10 });
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  test('frames of the handshake', async () => {
    const { connection, socket, records } = recorded({
      handshake: async ({ send, receive }) => {
        send('tok3n');
        await receive();
      },
    });
    connection.connect();
    socket().accept();
    socket().deliver('welcome, tok3n');
    await microtasks();
    expect(connection.getSnapshot().status).toBe('connected');
    expect(JSON.stringify(records)).not.toContain('tok3n');
  });
});

describe('addresses', () => {
  test.each([
    ['ws://a.test/x', 'ws://a.test/x'],
    ['http://a.test/x?y=1', 'ws://a.test/x?y=1'],
    ['https://a.test', 'wss://a.test/'],
    ['WSS://A.test/', 'wss://a.test/'],
  ])('%s becomes %s', (given, expected) => {
    expect(toWebSocketUrl(given)).toBe(expected);
    expect(toWebSocketUrl(new URL(given))).toBe(expected);
  });

  test('relative ones stand on the page', () => {
    vi.stubGlobal('location', { href: 'https://page.test/app/index.html' });
    expect(toWebSocketUrl('/line')).toBe('wss://page.test/line');
    expect(toWebSocketUrl('line?x=1')).toBe('wss://page.test/app/line?x=1');
    vi.unstubAllGlobals();
    expect(() => toWebSocketUrl('/line')).toThrow('url');
  });

  test.each(['', 'ws://', 'ftp://a.test', 'javascript:alert(1)', 'ws://a.test/#part', 'a.test'])(
    '%o is refused',
    (given) => {
      expect(() => toWebSocketUrl(given)).toThrow(/`url`/);
    },
  );
});
