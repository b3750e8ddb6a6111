import { describe, expect, test, vi } from 'vitest';
import { json, StopReconnecting, type HandshakeContext } from '../src/index';
import { microtasks } from './kit/fakeEnvironment';
import { stage, URL_OF_STAGE } from './kit/stage';

type Text = HandshakeContext<string, string>;

/** Sends a token and waits for a welcome. */
const welcome = async ({ send, receive }: Text) => {
  send('token');
  if ((await receive()) !== 'welcome') throw new Error('unwelcome');
};

describe('a handshake', () => {
  test('sends its token as the first frame, and the queue only after the welcome', async () => {
    const { connection, socket, status } = stage<string, string>({ handshake: welcome });
    connection.send('queued');
    connection.connect();
    socket().accept();
    expect(socket().sent).toEqual(['token']);
    expect(status()).toBe('connecting');
    expect(connection.send('also queued')).toBe('queued');
    socket().deliver('welcome');
    await microtasks();
    expect(status()).toBe('connected');
    expect(socket().sent).toEqual(['token', 'queued', 'also queued']);
  });

  test('keeps what it received to itself and passes on the rest, in order', async () => {
    const { connection, socket, heardOf } = stage<string, string>({ handshake: welcome });
    connection.connect();
    socket().accept();
    for (const data of ['welcome', '', 'early 1', 'early 2']) socket().deliver(data);
    await microtasks();
    socket().deliver('later');
    expect(heardOf('message')).toEqual(['', 'early 1', 'early 2', 'later']);
  });

  test('tells early messages after connected', async () => {
    const { connection, socket, heard } = stage<string, string>({ handshake: welcome });
    connection.connect();
    socket().accept();
    socket().deliver('welcome');
    socket().deliver('early');
    await microtasks();
    expect(heard.map(({ event }) => event)).toEqual(['connected', 'message']);
  });

  test('delivers no early message of a line that a listener has replaced meanwhile', async () => {
    const { connection, socket, heardOf, sockets } = stage<string, string>({ handshake: welcome });
    const stop = connection.on('connected', () => connection.reconnect());
    connection.connect();
    socket().accept();
    socket().deliver('welcome');
    socket().deliver('early');
    await microtasks();
    stop();
    expect(sockets).toHaveLength(2);
    expect(heardOf('message')).toEqual([]);
  });

  test('that rejects is a failed attempt, with the cause', async () => {
    const { connection, socket, environment, sockets, status } = stage<string, string>({ handshake: welcome });
    connection.connect();
    socket().accept();
    socket().deliver('go away');
    await microtasks();
    const { error } = connection.getSnapshot();
    expect(error).toMatchObject({ code: 'handshake-rejected', cause: new Error('unwelcome') });
    expect(status()).toBe('reconnecting');
    expect(sockets[0]?.isDetached).toBe(true);
    environment.advance(1_000);
    expect(sockets).toHaveLength(2);
  });

  test('that throws at once is a failed attempt too', async () => {
    const { connection, socket } = stage<string, string>({
      handshake() {
        throw new Error('at once');
      },
    });
    connection.connect();
    socket().accept();
    await microtasks();
    expect(connection.getSnapshot().error?.code).toBe('handshake-rejected');
  });

  test('that throws StopReconnecting ends it', async () => {
    const stop = new StopReconnecting('signed out');
    const { connection, socket, environment } = stage<string, string>({
      handshake: async () => {
        throw stop;
      },
    });
    connection.connect();
    socket().accept();
    await microtasks();
    expect(connection.getSnapshot()).toMatchObject({ status: 'failed', error: stop });
    expect(environment.timers).toEqual([]);
  });

  test('during which the server closes ends by the verdict of the close code', async () => {
    const { connection, socket, status } = stage<string, string>({ handshake: welcome });
    connection.connect();
    socket().accept();
    socket().end(4403, 'forbidden');
    await microtasks();
    expect(connection.getSnapshot()).toMatchObject({
      status: 'disconnected',
      close: { code: 4403, reason: 'forbidden' },
    });
    expect(status()).toBe('disconnected');
  });

  test('that hangs is ended by connectTimeout, and its receive rejects with the reason of the abort', async () => {
    let rejection: unknown;
    const { connection, socket, environment } = stage<string, string>({
      connectTimeout: 3_000,
      async handshake({ receive }) {
        await receive().catch((reason: unknown) => (rejection = reason));
      },
    });
    connection.connect();
    socket().accept();
    environment.advance(3_000);
    await microtasks();
    expect(connection.getSnapshot().error?.code).toBe('connect-timeout');
    expect(rejection).toMatchObject({ name: 'AbortError' });
    expect(socket().sent).toEqual([]);
  });

  test('that goes on after its line was given up can neither receive nor connect', async () => {
    let outcome = 'pending';
    let goOn = () => {};
    const { connection, socket, status } = stage<string, string>({
      async handshake({ receive }) {
        await new Promise<void>((resolve) => (goOn = resolve));
        await receive().catch(() => (outcome = 'rejected'));
      },
    });
    connection.connect();
    socket().accept();
    connection.disconnect();
    goOn();
    await microtasks();
    expect(outcome).toBe('rejected');
    expect(status()).toBe('disconnected');
  });

  test('learns the attempt, its reason and its signal', async () => {
    const seen: unknown[] = [];
    const { connection, socket, environment } = stage<string, string>({
      handshake: async ({ attempt, reason, signal }) => {
        seen.push([attempt, reason, signal.aborted]);
      },
    });
    connection.connect();
    socket().end(1006);
    environment.advance(500);
    socket().accept();
    await microtasks();
    expect(seen).toEqual([[1, 'retry', false]]);
  });

  test('speaks through the codec', async () => {
    const { connection, socket, status } = stage<{ ok: boolean }, { token: string }>({
      codec: json(),
      async handshake({ send, receive }) {
        send({ token: 'secret' });
        expect(await receive()).toEqual({ ok: true });
      },
    });
    connection.connect();
    socket().accept();
    socket().deliver('{"ok":true}');
    await microtasks();
    expect(socket().sent).toEqual(['{"token":"secret"}']);
    expect(status()).toBe('connected');
  });

  test('runs again for every line, and the heartbeat begins after it', async () => {
    const { connection, socket, environment, sockets } = stage<string, string>({
      handshake: welcome,
      heartbeat: { message: 'ping', interval: 1_000 },
      connectTimeout: 60_000,
    });
    connection.connect();
    socket().accept();
    environment.advance(5_000);
    expect(socket().sent).toEqual(['token']);
    socket().deliver('welcome');
    await microtasks();
    environment.advance(1_000);
    expect(socket().sent).toEqual(['token', 'ping']);
    socket().end(1006);
    environment.advance(500);
    socket().accept();
    expect(sockets[1]?.sent).toEqual(['token']);
  });
});

describe('the signal of an attempt', () => {
  test.each(['disconnect', 'reconnect', 'dispose'] as const)('is aborted by %s', (end) => {
    const signals: AbortSignal[] = [];
    const { connection } = stage({
      url: ({ signal }) => {
        signals.push(signal);
        return new Promise<string>(() => {});
      },
    });
    connection.connect();
    connection[end]();
    expect(signals[0]?.aborted).toBe(true);
  });

  test('is aborted for a provider that first looks at it afterwards', async () => {
    const looked = vi.fn();
    let goOn = () => {};
    const { connection } = stage({
      url: async (context) => {
        await new Promise<void>((resolve) => (goOn = resolve));
        looked(context.signal.aborted);
        return URL_OF_STAGE;
      },
    });
    connection.connect();
    connection.disconnect();
    goOn();
    await microtasks();
    expect(looked).toHaveBeenCalledWith(true);
  });

  test('is not aborted by success', () => {
    let kept: AbortSignal | undefined;
    const { up } = stage({
      url: ({ signal }) => {
        kept = signal;
        return URL_OF_STAGE;
      },
    });
    up();
    expect(kept?.aborted).toBe(false);
  });
});
