import { describe, expect, test, vi } from 'vitest';
import { stage } from './kit/stage';

const HEARTBEAT = { message: 'ping', interval: 10_000, timeout: 3_000 };
const isPong = (message: string) => message === 'pong';
const beating = (options = {}) => stage<string, string>({ heartbeat: { ...HEARTBEAT, ...options } });

describe('a heartbeat', () => {
  test('sends its message every interval', () => {
    const { up, environment } = beating();
    const socket = up();
    environment.advance(9_999);
    expect(socket.sent).toEqual([]);
    for (let beat = 0; beat < 3; beat++) {
      environment.advance(beat ? 9_999 : 0);
      environment.advance(1);
      socket.deliver('pong');
    }
    expect(socket.sent).toEqual(['ping', 'ping', 'ping']);
  });

  test('beats on a busy line too, so that latency stays current', () => {
    const { up, environment, connection } = beating({ isPong });
    const socket = up();
    for (let second = 0; second < 30; second++) {
      environment.advance(1_000);
      socket.deliver('news');
      if (socket.sent.length > second / 10) socket.deliver('pong');
    }
    expect(socket.sent).toEqual(['ping', 'ping', 'ping']);
    expect(connection.getSnapshot().latency).toBe(0);
  });

  test('makes its message anew where it is a function', () => {
    let count = 0;
    const { up, environment } = beating({ message: () => `ping ${++count}` });
    const socket = up();
    environment.advance(10_000);
    socket.deliver('pong');
    environment.advance(10_000);
    expect(socket.sent).toEqual(['ping 1', 'ping 2']);
  });

  test('whose message cannot be made is an invalid event, and silence is still found out', () => {
    const { up, environment, connection, heardOf } = beating({
      message: () => {
        throw new Error('no ping today');
      },
    });
    up();
    environment.advance(10_000);
    expect(heardOf('invalid')).toMatchObject([{ direction: 'outgoing' }]);
    environment.advance(3_000);
    expect(connection.getSnapshot().error?.code).toBe('heartbeat-timeout');
  });

  test('does not wait behind the queue', () => {
    const { up, environment, connection } = beating();
    const socket = up();
    socket.bufferedAmount = 2_000_000;
    connection.send('waits');
    environment.advance(10_000);
    expect(socket.sent).toEqual(['ping']);
  });

  test('that is answered by any message keeps the line, and the message is delivered', () => {
    const { up, environment, status, heardOf } = beating({ isPong });
    const socket = up();
    environment.advance(10_000);
    socket.deliver('news');
    environment.advance(3_000);
    expect(status()).toBe('connected');
    expect(heardOf('message')).toEqual(['news']);
  });

  test('that is not answered replaces the line soon, at a moment of its own', () => {
    const { up, environment, connection, sockets } = beating();
    const socket = up();
    environment.advance(12_999);
    expect(connection.getSnapshot().status).toBe('connected');
    environment.advance(1);
    expect(connection.getSnapshot()).toMatchObject({
      status: 'reconnecting',
      attempt: 1,
      retryAt: environment.time + 150,
      error: { code: 'heartbeat-timeout' },
      close: null,
    });
    expect(socket.isDetached).toBe(true);
    environment.advance(150);
    expect(sockets).toHaveLength(2);
  });

  test('stops with the line', () => {
    const { up, environment, connection } = beating();
    const socket = up();
    connection.disconnect();
    socket.end(1000);
    environment.advance(60_000);
    expect(socket.sent).toEqual([]);
    expect(environment.timers).toEqual([]);
  });

  test('that is false sends nothing', () => {
    const { up, environment, status } = stage({ heartbeat: false });
    const socket = up();
    environment.advance(3_600_000);
    expect(socket.sent).toEqual([]);
    expect(status()).toBe('connected');
  });
});

describe('latency', () => {
  test('is the round trip of the ping, and null before the first', () => {
    const { up, environment, connection } = beating();
    const socket = up();
    expect(connection.getSnapshot().latency).toBeNull();
    environment.advance(10_000);
    environment.advance(42);
    socket.deliver('anything');
    expect(connection.getSnapshot().latency).toBe(42);
  });

  test('with isPong is measured by the pong alone, which is not delivered', () => {
    const { up, environment, connection, heardOf } = beating({ isPong });
    const socket = up();
    environment.advance(10_000);
    environment.advance(10);
    socket.deliver('news');
    expect(connection.getSnapshot().latency).toBeNull();
    environment.advance(20);
    socket.deliver('pong');
    expect(connection.getSnapshot().latency).toBe(30);
    expect(heardOf('message')).toEqual(['news']);
  });

  test('is not measured by a pong that nobody asked for', () => {
    const { up, environment, connection } = beating({ isPong });
    const socket = up();
    socket.deliver('pong');
    expect(connection.getSnapshot().latency).toBeNull();
    environment.advance(10_000);
    environment.advance(20);
    socket.deliver('pong');
    environment.advance(1_000);
    socket.deliver('pong');
    expect(connection.getSnapshot().latency).toBe(20);
  });

  test('does not survive the line, nor does its ping', () => {
    const { up, environment, connection } = beating({ isPong });
    const socket = up();
    environment.advance(10_000);
    socket.end(1006);
    environment.advance(500);
    up().deliver('pong');
    expect(connection.getSnapshot().latency).toBeNull();
  });

  test('is never negative, though the clock may be set back', () => {
    const { up, environment, connection } = beating();
    const socket = up();
    environment.advance(10_000);
    environment.time -= 3_600_000;
    socket.deliver('pong');
    expect(connection.getSnapshot().latency).toBe(0);
  });

  test('that stays the same changes no snapshot', () => {
    const { up, environment, connection } = beating();
    const socket = up();
    const listener = vi.fn();
    for (let beat = 0; beat < 3; beat++) {
      environment.advance(10_000);
      socket.deliver('pong');
      if (beat === 0) connection.subscribe(listener);
    }
    expect(listener).not.toHaveBeenCalled();
  });
});

describe('after a timer that was held back', () => {
  test('a pong that lies unread behind it is still taken', () => {
    const { up, environment, status } = beating();
    const socket = up();
    environment.advance(10_000);
    environment.sleep(3_600_000); // the pong deadline fires an hour late
    expect(status()).toBe('connected');
    expect(socket.sent).toEqual(['ping', 'ping']);
    socket.deliver('pong');
    environment.advance(2_000);
    expect(status()).toBe('connected');
  });

  test('silence is believed the second time', () => {
    const { up, environment, connection } = beating();
    up();
    environment.advance(10_000);
    environment.sleep(3_600_000);
    environment.advance(1_999);
    expect(connection.getSnapshot().status).toBe('connected');
    environment.advance(1);
    expect(connection.getSnapshot().error?.code).toBe('heartbeat-timeout');
  });

  test('twice in a row, it is not probed for ever', () => {
    const { up, environment, connection } = beating();
    up();
    environment.advance(10_000);
    environment.sleep(3_600_000);
    environment.sleep(3_600_000);
    expect(connection.getSnapshot().error?.code).toBe('heartbeat-timeout');
  });

  test('the idle timeout gives the peer a moment more', () => {
    const { up, environment, connection } = stage({ idleTimeout: 30_000 });
    up();
    environment.sleep(3_600_000);
    expect(connection.getSnapshot().status).toBe('connected');
    environment.advance(2_000);
    expect(connection.getSnapshot().error?.code).toBe('idle-timeout');
  });

  test('and something heard in that moment, the idle timeout starts over', () => {
    const { up, environment, status } = stage<string>({ idleTimeout: 30_000 });
    const socket = up();
    environment.sleep(3_600_000);
    socket.deliver('unread until now');
    environment.advance(29_999);
    expect(status()).toBe('connected');
    environment.advance(1);
    expect(status()).toBe('reconnecting');
  });
});

describe('idleTimeout', () => {
  test('ends a line on which nothing came for so long', () => {
    const { up, environment, connection } = stage({ idleTimeout: 30_000 });
    up();
    environment.advance(30_000);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', error: { code: 'idle-timeout' } });
  });

  test('counts from the last message, of whatever kind', () => {
    const { up, environment, status } = stage({
      idleTimeout: 30_000,
      codec: {
        encode: String,
        decode: () => {
          throw new Error('bad');
        },
      },
    });
    const socket = up();
    environment.advance(20_000);
    socket.deliver('invalid, but a sign of life');
    environment.advance(29_999);
    expect(status()).toBe('connected');
    environment.advance(1);
    expect(status()).toBe('reconnecting');
  });

  test('survives a clock that is set back', () => {
    const { up, environment, status } = stage({ idleTimeout: 30_000 });
    up();
    const before = environment.time;
    environment.advance(10_000);
    environment.time -= 86_400_000;
    for (const timer of environment.timers) Object.assign(timer, { at: timer.at - 86_400_000 }); // timers are relative
    environment.advance(20_000);
    environment.advance(31_000);
    expect(environment.time).toBeLessThan(before);
    expect(status()).toBe('reconnecting');
  });
});

describe('a socket that is given up', () => {
  test('is closed once with 4408, hears nothing more, and is not waited for', () => {
    const { up, environment, connection, heard } = beating();
    const socket = up();
    environment.advance(13_000);
    expect(socket.closeCalls).toEqual([{ code: 4408, reason: undefined }]);
    const count = heard.length;
    const snapshot = connection.getSnapshot();
    socket.deliver('late');
    socket.break();
    socket.end(1006);
    expect(heard).toHaveLength(count);
    expect(connection.getSnapshot()).toBe(snapshot);
  });

  test('keeps an error handler, since `ws` throws an error that nobody hears', () => {
    const { up, connection } = stage();
    const socket = up();
    connection.dispose();
    expect(socket.onerror).toBeTypeOf('function');
  });

  test('may refuse to close', () => {
    const { connection, socket, sockets } = stage();
    connection.connect();
    socket().close = () => {
      throw new Error('not while connecting');
    };
    expect(() => connection.reconnect()).not.toThrow();
    expect(sockets).toHaveLength(2);
  });
});

describe('disconnect', () => {
  test('waits for the close frame of the server, and says what it said', () => {
    const { up, connection } = stage();
    const socket = up();
    connection.disconnect(4000, 'enough');
    expect(socket.closeCalls).toEqual([{ code: 4000, reason: 'enough' }]);
    expect(connection.getSnapshot()).toMatchObject({ status: 'disconnected', readyState: 2 });
    socket.end(4000, 'enough');
    expect(connection.getSnapshot()).toMatchObject({
      status: 'disconnected',
      readyState: 3,
      close: { code: 4000, reason: 'enough', wasClean: true },
    });
  });

  test('waits no longer than closeTimeout', () => {
    const { up, connection, environment } = stage({ closeTimeout: 700 });
    const socket = up();
    connection.disconnect();
    environment.advance(699);
    expect(connection.getSnapshot().readyState).toBe(2);
    environment.advance(1);
    expect(connection.getSnapshot()).toMatchObject({ readyState: 3, close: { code: 1006, wasClean: false } });
    expect(socket.isDetached).toBe(true);
    expect(environment.timers).toEqual([]);
  });

  test('keeps what is queued', () => {
    const { up, connection } = stage<string, string>();
    connection.disconnect();
    connection.send('patient');
    expect(connection.queue.size).toBe(1);
    expect(up().sent).toEqual(['patient']);
  });
});
