import { describe, expect, it, vi } from 'vitest';
import type { AttemptContext } from '../../src/index';
import { phoenix, type PhoenixOptions } from '../../src/protocols/phoenix';
import { microtasks } from '../kit/fakeEnvironment';
import { stage } from '../kit/stage';

const attempt = (number: number): AttemptContext => ({
  attempt: number,
  reason: 'retry',
  signal: new AbortController().signal,
});

describe('the address', () => {
  const addressOf = async (url: string, options?: PhoenixOptions) =>
    String(await phoenix(options).url?.(new URL(url), attempt(1)));

  it.each([
    ['wss://a.test/socket', 'wss://a.test/socket/websocket?vsn=2.0.0'],
    ['wss://a.test/socket/', 'wss://a.test/socket/websocket?vsn=2.0.0'],
    ['wss://a.test/socket/websocket', 'wss://a.test/socket/websocket?vsn=2.0.0'],
    ['wss://a.test/socket/websocket/', 'wss://a.test/socket/websocket?vsn=2.0.0'],
    ['wss://a.test/mywebsocket', 'wss://a.test/mywebsocket/websocket?vsn=2.0.0'],
    ['wss://a.test', 'wss://a.test/websocket?vsn=2.0.0'],
    ['wss://a.test/socket?room=1&vsn=1.0.0', 'wss://a.test/socket/websocket?room=1&vsn=2.0.0'],
  ])('%s becomes %s', async (given, address) => {
    expect(await addressOf(given)).toBe(address);
  });

  it('has the params in its query, and leaves the one it was given alone', async () => {
    const given = new URL('wss://a.test/socket');
    const params = { user: 'a&b', age: 7, admin: false };
    expect(String(await phoenix({ params }).url?.(given, attempt(1)))).toBe(
      'wss://a.test/socket/websocket?user=a%26b&age=7&admin=false&vsn=2.0.0',
    );
    expect(String(given)).toBe('wss://a.test/socket');
  });

  it('asks for the params of each attempt', async () => {
    const inTime = ({ attempt }: AttemptContext) => ({ attempt });
    const later = (context: AttemptContext) => Promise.resolve(inTime(context));
    expect(await addressOf('wss://a.test/socket', { params: inTime })).toContain('?attempt=1&');
    expect(await addressOf('wss://a.test/socket', { params: later })).toContain('?attempt=1&');
  });
});

describe('the token', () => {
  const offered = async (authToken?: PhoenixOptions['authToken']) => {
    const { protocols } = phoenix({ authToken });
    return typeof protocols === 'function' ? protocols(attempt(2)) : protocols;
  };

  it.each([
    ['a', 'YQ'],
    ['ab', 'YWI'],
    ['abc', 'YWJj'],
    ['~~~', 'fn5+'], // the standard alphabet, which is what the server reads
  ])('%s is offered as a subprotocol, without padding', async (token, encoded) => {
    expect(await offered(token)).toEqual(['phoenix', `base64url.bearer.phx.${encoded}`]);
  });

  it('is asked for before each attempt', async () => {
    expect(await offered(({ attempt }) => `t${attempt}`)).toEqual(await offered('t2'));
    expect(await offered(({ attempt }) => Promise.resolve(`t${attempt}`))).toEqual(await offered('t2'));
  });

  it.each([undefined, '', () => undefined])('is not offered when there is none', async (none) => {
    expect(await offered(none)).toEqual([]);
  });

  it('that no header can carry fails the attempt', async () => {
    const { connection, sockets, heardOf } = stage({ channels: phoenix({ authToken: '€' }) });
    connection.connect();
    await vi.waitFor(() => expect(heardOf('error')).toMatchObject([{ code: 'provider-rejected' }]));
    expect(sockets).toEqual([]);
  });
});

describe('the heartbeat', () => {
  const connect = async (heartbeat?: PhoenixOptions['heartbeat']) => {
    const staged = stage({ channels: phoenix(heartbeat === undefined ? {} : { heartbeat }) });
    staged.connection.connect();
    await microtasks();
    staged.socket().accept();
    await microtasks();
    return staged;
  };
  const PING = '[null,"heartbeat","phoenix","heartbeat",{}]';
  const PONG = '[null,"heartbeat","phoenix","phx_reply",{"status":"ok","response":{}}]';

  it('asks every 30 seconds, and keeps the answer to itself', async () => {
    const { environment, socket, heardOf, connection } = await connect();
    environment.advance(29_999);
    expect(socket().sent).toEqual([]);
    environment.advance(1);
    expect(socket().sent).toEqual([PING]);
    environment.advance(20);
    socket().deliver(PONG);
    expect(connection.getSnapshot().latency).toBe(20);
    expect([heardOf('message'), heardOf('invalid')]).toEqual([[], []]);
  });

  it('gives the line up when no answer comes', async () => {
    const { environment, connection } = await connect();
    environment.advance(35_000);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', error: { code: 'heartbeat-timeout' } });
  });

  it('has other times, or none', async () => {
    const hurried = await connect({ interval: 10_000, timeout: 1_000 });
    hurried.environment.advance(11_000);
    expect(hurried.status()).toBe('reconnecting');
    const off = await connect(false);
    off.environment.advance(600_000);
    expect(off.socket().sent).toEqual([]);
  });
});

describe('the connection', () => {
  it('reports a frame that it cannot read, and goes on', async () => {
    const { connection, socket, heardOf, status } = stage({ channels: phoenix() });
    connection.connect();
    await microtasks();
    socket().accept();
    await microtasks();
    socket().deliver('{"not":"a frame"}');
    socket().deliver(new Blob(['x']));
    expect(heardOf('invalid')).toMatchObject([{ direction: 'incoming' }, { direction: 'incoming' }]);
    expect(status()).toBe('connected');
  });
});
