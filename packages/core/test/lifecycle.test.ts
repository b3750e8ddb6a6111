import { afterEach, describe, expect, test, vi } from 'vitest';
import type { LifecycleFact } from '../src/index';
import { systemEnvironment } from '../src/runtime/lifecycle';
import { stage } from './kit/stage';

afterEach(() => {
  vi.unstubAllGlobals();
});

const PING = { message: 'ping' };

describe('the network', () => {
  test('that is off makes connect wait, as connecting and paused', () => {
    const { connection, environment, sockets } = stage();
    environment.online = false;
    connection.connect();
    expect(connection.getSnapshot()).toMatchObject({ status: 'connecting', paused: 'offline', retryAt: null });
    environment.advance(3_600_000);
    expect(sockets).toEqual([]);
    environment.tell('went-online');
    environment.advance(150);
    expect(sockets).toHaveLength(1);
  });

  test('that is off does not hold back who insists on reconnect', () => {
    const { connection, environment, sockets } = stage();
    environment.online = false;
    connection.reconnect();
    expect(sockets).toHaveLength(1);
  });

  test('that comes back is believed though isOnline lags behind', () => {
    const { connection, environment } = stage();
    environment.online = false;
    connection.connect();
    for (const notify of environment.listeners) notify('went-online');
    expect(connection.getSnapshot()).toMatchObject({ paused: null, retryAt: environment.time + 150 });
  });

  test('that goes is believed though isOnline lags behind', () => {
    const { connection, environment, up } = stage();
    up().end(1006);
    for (const notify of environment.listeners) notify('went-offline');
    expect(connection.getSnapshot()).toMatchObject({ paused: 'offline', retryAt: null });
  });

  test('is ignored with online: false', () => {
    const { connection, environment, sockets } = stage({ lifecycle: { online: false } });
    environment.online = false;
    connection.connect();
    expect(sockets).toHaveLength(1);
    expect(environment.interest?.online).toBe(false);
  });

  test('that went while a probe was out ends in a pause once the probe fails', () => {
    const { connection, environment, up } = stage<string, string>({ heartbeat: PING });
    up();
    environment.tell('went-offline');
    environment.advance(2_000);
    expect(connection.getSnapshot()).toMatchObject({
      status: 'reconnecting',
      paused: 'offline',
      error: { code: 'heartbeat-timeout' },
    });
  });
});

describe('a page that is hidden', () => {
  test('keeps its line by default', () => {
    const { environment, up, status } = stage();
    up();
    environment.tell('page-hidden');
    environment.advance(86_400_000);
    expect(status()).toBe('connected');
  });

  test('is closed after hiddenAfter, and connected again when shown', () => {
    const { environment, up, connection, sockets } = stage({ lifecycle: { hiddenAfter: 60_000 } });
    const socket = up();
    environment.tell('page-hidden');
    environment.advance(59_999);
    expect(connection.getSnapshot().status).toBe('connected');
    environment.advance(1);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', paused: 'hidden' });
    expect(socket.isDetached).toBe(true);
    environment.tell('went-online');
    environment.advance(86_400_000);
    expect(sockets).toHaveLength(1);
    environment.tell('page-shown');
    environment.advance(150);
    expect(sockets).toHaveLength(2);
  });

  test('and shown in time keeps its line', () => {
    const { environment, up, status } = stage({ lifecycle: { hiddenAfter: 60_000 } });
    up();
    environment.tell('page-hidden');
    environment.advance(59_999);
    environment.tell('page-shown');
    environment.advance(600_000);
    expect(status()).toBe('connected');
  });

  test('may hide at the very beginning of time', () => {
    const { environment, up, status } = stage({ lifecycle: { hiddenAfter: 1_000 } });
    environment.time = 0;
    up();
    environment.tell('page-hidden');
    environment.advance(1_000);
    expect(status()).toBe('reconnecting');
  });

  test('may connect, and is given hiddenAfter from then on', () => {
    const { environment, up, connection } = stage({ lifecycle: { hiddenAfter: 60_000 } });
    environment.hidden = true;
    up();
    environment.advance(60_000);
    expect(connection.getSnapshot().paused).toBe('hidden');
  });

  test.each(['connect', 'reconnect'] as const)('and asked to %s after hiddenAfter is given it once more', (wish) => {
    const { environment, up, connection, socket } = stage({ lifecycle: { hiddenAfter: 60_000 } });
    up();
    environment.tell('page-hidden');
    environment.advance(60_000);
    connection[wish]();
    environment.advance(1_000);
    socket().accept();
    expect(connection.getSnapshot().status).toBe('connected');
    environment.advance(59_000);
    expect(connection.getSnapshot().paused).toBe('hidden');
  });

  test('does not forget to wait for the network', () => {
    const { environment, up, connection } = stage();
    up();
    environment.tell('page-hidden');
    environment.tell('went-offline');
    environment.tell('page-frozen');
    environment.tell('page-resumed');
    expect(connection.getSnapshot().paused).toBe('offline');
    environment.tell('page-shown');
    expect(connection.getSnapshot().paused).toBe('offline');
    environment.tell('went-online');
    expect(connection.getSnapshot().retryAt).not.toBeNull();
  });
});

describe('a page that is frozen', () => {
  test('closes its line first, and opens another when it resumes', () => {
    const { environment, up, connection, sockets } = stage();
    const socket = up();
    environment.tell('page-frozen');
    expect(socket.isDetached).toBe(true);
    expect(socket.closeCalls).toHaveLength(1);
    expect(connection.getSnapshot()).toMatchObject({ status: 'reconnecting', paused: 'frozen' });
    environment.tell('page-shown');
    environment.tell('went-online');
    expect(connection.getSnapshot().paused).toBe('frozen');
    environment.tell('page-resumed');
    environment.advance(150);
    sockets[1]?.accept();
    expect(connection.getSnapshot().status).toBe('connected');
  });

  test('while connecting gives the attempt up', () => {
    const { environment, connection, socket } = stage();
    connection.connect();
    environment.tell('page-frozen');
    expect(socket().isDetached).toBe(true);
    expect(connection.getSnapshot()).toMatchObject({ status: 'connecting', paused: 'frozen' });
  });

  test('and resumed without a word before, while connecting, starts a fresh socket', () => {
    const { environment, connection, sockets, live } = stage();
    connection.connect();
    environment.tell('page-resumed');
    expect(sockets).toHaveLength(2);
    expect(live()).toEqual([sockets[1]]);
  });
});

describe('a connection at rest', () => {
  test.each<LifecycleFact>(['went-online', 'went-offline', 'page-hidden', 'page-shown', 'page-frozen', 'page-resumed'])(
    'does not listen, and %s leaves it alone',
    (fact) => {
      const { environment, connection, up } = stage();
      environment.tell(fact);
      expect(connection.getSnapshot().status).toBe('idle');
      environment.online = true;
      up();
      expect(environment.listeners.size).toBe(1);
      connection.disconnect();
      expect(environment.listeners.size).toBe(0);
    },
  );
});

describe('systemEnvironment', () => {
  class Target extends EventTarget {
    readonly added: string[] = [];
    readonly removed: string[] = [];
    visibilityState = 'visible';
    override addEventListener(type: string, listener: EventListener): void {
      this.added.push(type);
      super.addEventListener(type, listener);
    }
    override removeEventListener(type: string, listener: EventListener): void {
      this.removed.push(type);
      super.removeEventListener(type, listener);
    }
  }

  const ALL = { online: true, bfcache: true, freeze: true };

  function page() {
    const [window, document] = [new Target(), new Target()];
    vi.stubGlobal('window', window);
    vi.stubGlobal('document', document);
    const facts: LifecycleFact[] = [];
    return {
      window,
      document,
      facts,
      hear: (interest = ALL) => systemEnvironment.listen((fact) => facts.push(fact), interest),
    };
  }
  const transitionOf = (type: string, persisted: boolean) => Object.assign(new Event(type), { persisted });

  test('tells network, visibility, back/forward cache and freeze', () => {
    const { window, document, facts, hear } = page();
    hear();
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    document.visibilityState = 'hidden';
    document.dispatchEvent(new Event('visibilitychange'));
    document.visibilityState = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    window.dispatchEvent(transitionOf('pagehide', true));
    window.dispatchEvent(transitionOf('pageshow', true));
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    expect(facts).toEqual([
      'went-offline',
      'went-online',
      'page-hidden',
      'page-shown',
      'page-frozen',
      'page-resumed',
      'page-frozen',
      'page-resumed',
    ]);
  });

  test('ignores a page that is left for good or shown for the first time', () => {
    const { window, facts, hear } = page();
    hear();
    window.dispatchEvent(transitionOf('pagehide', false));
    window.dispatchEvent(transitionOf('pageshow', false));
    expect(facts).toEqual([]);
  });

  test('never listens to unload or beforeunload, which would cost the back/forward cache', () => {
    const { window, document, hear } = page();
    hear();
    expect([...window.added, ...document.added].filter((type) => type.includes('unload'))).toEqual([]);
  });

  test('listens to no more than asked for', () => {
    const { window, document, hear } = page();
    hear({ online: false, bfcache: false, freeze: false });
    expect(window.added).toEqual([]);
    expect(document.added).toEqual(['visibilitychange']);
  });

  test('removes every listener it added', () => {
    const { window, document, facts, hear } = page();
    hear()();
    expect(window.removed.sort()).toEqual(window.added.sort());
    expect(document.removed.sort()).toEqual(document.added.sort());
    window.dispatchEvent(new Event('online'));
    expect(facts).toEqual([]);
  });

  test('is harmless without a page, and with a window that hears nothing (React Native)', () => {
    expect(() => systemEnvironment.listen(() => {}, ALL)()).not.toThrow();
    vi.stubGlobal('window', {});
    expect(() => systemEnvironment.listen(() => {}, ALL)()).not.toThrow();
    expect(systemEnvironment.isHidden()).toBe(false);
    vi.stubGlobal('navigator', undefined);
    expect(systemEnvironment.isOnline()).toBe(true);
  });
});
