import { WebSocket } from 'ws';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ChannelServer } from '../../../../test/support/channelServer';
import { startTcpProxy } from '../../../../test/support/tcpProxy';
import {
  channel,
  ChannelError,
  createConnection,
  onReconnect,
  type AnyChannel,
  type ChannelOptions,
  type ChannelProtocol,
  type Connection,
  type WebSocketConstructor,
} from '../../src/index';

/** What a protocol's connection speaks is its own affair. */
type AnyProtocol = ChannelProtocol<never, never>;

/** A channel protocol, a server that speaks it, and what the two have. */
export interface Dialect {
  readonly name: string;
  start(): Promise<ChannelServer>;
  /** With credentials that are good now. `isImpatient`: notices a dead line within a second or so. */
  protocol(server: ChannelServer, options: { readonly isImpatient?: boolean }): AnyProtocol;
  /** A topic of this name, where names have prefixes. @default the name */
  topic?(name: string, kind: 'plain' | 'presence'): string;
  /** What to join a presence topic with, to be there as `user`. */
  presenceParams?(user: string, info: unknown): unknown;
  /** Where the server has the id of the one who is present from, if not from the params. */
  protocolFor?(server: ChannelServer, user: string): AnyProtocol;
  /** Events are answered. */
  readonly hasReplies: boolean;
  /** What was missed is delivered after a rejoin. */
  readonly hasRecovery: boolean;
  /** The server can end a single membership. */
  readonly hasEnds: boolean;
  /** The server can refuse a join for now. */
  readonly hasBusy: boolean;
  /** How a client sees that its credentials have expired: tries for ever (`retry`), or is told that it is final. */
  readonly onExpiry: 'renews' | 'gives-up' | 'retries';
}

const eventually = (assert: () => void): Promise<void> => vi.waitFor(assert, { timeout: 8_000, interval: 5 });

const QUICK = { initialDelay: 20, maxDelay: 100 };
let topics = 0;

/** What every channel protocol does alike, over real sockets and a real server. */
export function conform(dialect: Dialect): void {
  const { hasReplies, hasRecovery, hasEnds, hasBusy } = dialect;
  let server: ChannelServer;
  beforeAll(async () => {
    server = await dialect.start();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  const topic = (name = 'room', kind: 'plain' | 'presence' = 'plain') =>
    dialect.topic?.(`${name}-${++topics}`, kind) ?? `${name}-${++topics}`;
  const connect = (to = server, protocol = dialect.protocol(to, {}), url = to.url) => {
    const connection = createConnection<never, never>(url, {
      WebSocket: WebSocket as unknown as WebSocketConstructor, // its events have more fields
      channels: protocol,
      reconnect: QUICK,
    });
    onTestFinished(() => connection.dispose());
    return connection;
  };
  const enter = (connection: Connection<never, never>, name: string, options: ChannelOptions = {}) => {
    const room = channel(connection, name, { rejoin: QUICK, ...options });
    const heard: { event: string; payload: unknown }[] = [];
    room.on('*', (message) => heard.push(message));
    const release = room.retain();
    const status = () => room.getSnapshot().status;
    const joined = () => eventually(() => expect(status()).toBe('joined'));
    return { room, heard, release, status, joined };
  };
  const member = async (name: string, to?: ChannelServer) => {
    const connection = connect(to);
    const entered = enter(connection, name);
    await entered.joined();
    return { connection, ...entered };
  };
  const said = (n: number) => ({ event: 'said', payload: { n } });
  /** Of the events a test sends; protocols have some of their own. */
  const saidIn = (heard: { event: string }[]) => heard.filter(({ event }) => event === 'said');

  describe(`${dialect.name}: a member`, () => {
    test('joins, and hears what the server says', async () => {
      const name = topic();
      const { heard } = await member(name);
      for (const n of [1, 2, 3]) server.publish(name, 'said', { n });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1), said(2), said(3)]));
    });

    test('is one, however many ask', async () => {
      const name = topic();
      const connection = connect();
      const rooms = Array.from({ length: 100 }, () => enter(connection, name));
      await Promise.all(rooms.map(({ joined }) => joined()));
      expect([server.joins(name), server.members(name)]).toEqual([1, 1]);
    });

    test('hears another member, and not those of other topics', async () => {
      const [name, other] = [topic(), topic()];
      const [ann, ben, eve] = await Promise.all([member(name), member(name), member(other)]);
      await ann.room.send('said', { n: 1 });
      await ann.room.send('said', { n: 2 });
      await eventually(() => expect(saidIn(ben.heard)).toEqual([said(1), said(2)]));
      expect(saidIn(eve.heard)).toEqual([]);
    });

    test('sends what waited for the join afterwards, in order', async () => {
      const name = topic();
      const ben = await member(name);
      const ann = enter(connect(), name);
      const sent = [1, 2, 3].map((n) => ann.room.send('said', { n }));
      expect(ann.status()).not.toBe('joined');
      await Promise.all(sent);
      await eventually(() => expect(saidIn(ben.heard)).toEqual([said(1), said(2), said(3)]));
    });

    test('leaves, and hears no more', async () => {
      const name = topic();
      const { room, heard, status } = await member(name);
      room.leave();
      await eventually(() => expect([status(), server.members(name)]).toEqual(['left', 0]));
      server.publish(name, 'said', { n: 1 });
      const witness = await member(name);
      server.publish(name, 'said', { n: 2 });
      await eventually(() => expect(saidIn(witness.heard)).toContainEqual(said(2)));
      expect(saidIn(heard)).toEqual([]);
    });

    test('lets go and takes hold in one breath without the server noticing', async () => {
      const name = topic();
      const { room, release, joined, heard } = await member(name);
      release();
      room.retain();
      server.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
      await joined();
      expect(server.joins(name)).toBe(1);
    });

    test('joins again after it left, as a new one', async () => {
      const name = topic();
      const { room, heard, joined } = await member(name);
      room.leave();
      room.retain();
      await eventually(() => expect(server.joins(name)).toBe(2));
      await joined();
      server.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
      expect([room.getSnapshot().recovered, server.members(name)]).toEqual([null, 1]);
    });
  });

  describe(`${dialect.name}: a refusal`, () => {
    test('is final, says why, and touches nobody else', async () => {
      const connection = connect();
      const good = enter(connection, topic());
      const bad = enter(connection, topic('refused'));
      await good.joined();
      await eventually(() => expect(bad.status()).toBe('failed'));
      expect(bad.room.getSnapshot().error).toBeInstanceOf(ChannelError);
      expect([good.status(), connection.getSnapshot().status]).toEqual(['joined', 'connected']);
    });

    if (hasBusy)
      test('for now is tried again', async () => {
        const { joined, room } = enter(connect(), topic('busy'));
        await joined();
        expect(room.getSnapshot().error).toBeNull();
      });

    test('by silence times out, is tried again, and a late welcome changes nothing', async () => {
      const name = topic('slow');
      const { room, joined } = enter(connect(), name, { joinTimeout: 100 });
      await eventually(() =>
        expect(room.getSnapshot()).toMatchObject({ status: 'joining', error: { name: 'TimeoutError' } }),
      );
      const letIn = setInterval(() => server.release(), 10);
      onTestFinished(() => clearInterval(letIn));
      await joined();
      await eventually(() => expect(server.members(name)).toBe(1));
    });
  });

  const describeIf = (has: boolean, ...[name, tests]: [string, () => void]) => {
    if (has) describe(name, tests);
  };

  describeIf(!hasReplies, `${dialect.name}: what is sent`, () => {
    test('resolves once it is on its way', async () => {
      const { room } = await member(topic());
      await expect(room.send('said', { n: 1 })).resolves.not.toThrow();
    });
  });

  describeIf(hasReplies, `${dialect.name}: a reply`, () => {
    test('answers the event it belongs to', async () => {
      const { room } = await member(topic());
      const answers = await Promise.all([1, 2, 3].map((n) => room.send('echo', { n })));
      expect(answers).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    });

    test('that is an error rejects, with what the server said', async () => {
      const { room, status } = await member(topic());
      const failure = await room.send('fail', { why: 'no' }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ChannelError);
      expect(JSON.stringify((failure as ChannelError).reason)).toContain('no');
      expect(status()).toBe('joined');
    });

    test('that does not come is a timeout, and an abort ends the waiting', async () => {
      const { room } = await member(topic());
      await expect(room.send('silent', {}, { timeout: 30 })).rejects.toMatchObject({ name: 'TimeoutError' });
      const controller = new AbortController();
      const waiting = room.send('silent', {}, { signal: controller.signal });
      controller.abort(new Error('enough'));
      await expect(waiting).rejects.toThrow('enough');
    });
  });

  describe(`${dialect.name}: a line that is lost`, () => {
    test('is joined again, and says whether something was missed', async () => {
      const name = topic();
      const { room, heard, connection, status } = await member(name);
      const reconnections: (boolean | null)[] = [];
      onReconnect(connection, ({ recovered }) => reconnections.push(recovered));
      server.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
      connection.disconnect();
      await eventually(() => expect(status()).toBe('rejoining'));
      server.publish(name, 'said', { n: 2 });
      connection.connect();
      await eventually(() => expect(status()).toBe('joined'));
      server.publish(name, 'said', { n: 3 });
      await eventually(() => expect(saidIn(heard)).toContainEqual(said(3)));
      expect(room.getSnapshot().recovered).toBe(hasRecovery);
      expect(saidIn(heard)).toEqual(hasRecovery ? [said(1), said(2), said(3)] : [said(1), said(3)]);
    });

    test('is restored after a cut, and the whole line knows it', async () => {
      const own = await startOwn();
      const name = topic();
      const { connection, status, heard } = await member(name, own);
      const reconnections: (boolean | null)[] = [];
      onReconnect(connection, ({ recovered }) => reconnections.push(recovered));
      own.drop();
      await eventually(() => expect(reconnections).toEqual([hasRecovery]));
      expect(status()).toBe('joined');
      own.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
    });

    test('is restored after a restart of the server, which remembers nothing', async () => {
      const own = await startOwn();
      const name = topic();
      const { heard, status, room } = await member(name, own);
      own.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
      await own.restart();
      await eventually(() => expect([status(), own.members(name)]).toEqual(['joined', 1]));
      expect(room.getSnapshot().recovered).toBe(false);
      own.publish(name, 'said', { n: 2 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1), said(2)]));
    });

    test('that is frozen is noticed and replaced', async () => {
      await using proxy = await startTcpProxy(server);
      const name = topic();
      const url = server.url.replace(`:${server.port}`, `:${proxy.port}`);
      const connection = connect(server, dialect.protocol(server, { isImpatient: true }), url);
      const { heard, joined, status } = enter(connection, name);
      await joined();
      for (const path of proxy.paths) path.freeze();
      await eventually(() => expect(proxy.accepted).toBeGreaterThan(1));
      await eventually(() => expect(status()).toBe('joined'));
      server.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
      connection.dispose();
    });

    if (hasReplies)
      test('rejects what was not answered, and nothing that waits', async () => {
        const own = await startOwn();
        const { room, status } = await member(topic(), own);
        const asked = room.send('silent', {}).catch((error: unknown) => error);
        own.drop();
        expect(await asked).toMatchObject({ name: 'ConnectionClosedError' });
        await eventually(() => expect(status()).toBe('joined'));
        expect(await room.send('echo', 'again')).toBe('again');
      });

    test('whose credentials have expired is told so', async () => {
      const own = await startOwn();
      const name = topic('private');
      const { connection, status } = await member(name, own);
      own.expire();
      if (dialect.onExpiry === 'renews') {
        await eventually(() => expect(own.joins(name)).toBeGreaterThan(1));
        await eventually(() => expect(status()).toBe('joined'));
      } else {
        own.drop();
        const ends = dialect.onExpiry === 'gives-up' ? ['failed', 'disconnected'] : ['reconnecting'];
        await eventually(() => expect(ends).toContain(connection.getSnapshot().status));
        expect(status()).toBe('rejoining');
      }
    });
  });

  describeIf(hasEnds, `${dialect.name}: a membership that the server ends`, () => {
    test('for good is left', async () => {
      const name = topic();
      const { room, status } = await member(name);
      server.end(name, 'close');
      await eventually(() => expect(status()).toBe('left'));
      expect(room.getSnapshot().error).toMatchObject({ code: 'channel-ended' });
      expect(server.joins(name)).toBe(1);
    });

    test('by a crash is joined again', async () => {
      const name = topic();
      const { heard, status } = await member(name);
      server.end(name, 'crash');
      await eventually(() => expect([server.joins(name), status()]).toEqual([2, 'joined']));
      server.publish(name, 'said', { n: 1 });
      await eventually(() => expect(saidIn(heard)).toEqual([said(1)]));
    });
  });

  describe(`${dialect.name}: presence`, () => {
    const idsIn = (room: AnyChannel) => room.presence.map(({ id }) => id).sort();
    const arrive = (name: string, user: string, to = server) => {
      const connection = connect(to, dialect.protocolFor?.(to, user) ?? dialect.protocol(to, {}));
      const params = dialect.presenceParams?.(user, { name: user.toUpperCase() });
      return { connection, ...enter(connection, name, { params }) };
    };

    test('shows who comes and who goes, with what is told of them', async () => {
      const name = topic('presence', 'presence');
      const ann = arrive(name, 'ann');
      await eventually(() => expect(idsIn(ann.room)).toEqual(['ann']));
      const ben = arrive(name, 'ben');
      await eventually(() =>
        expect([idsIn(ann.room), idsIn(ben.room)]).toEqual([
          ['ann', 'ben'],
          ['ann', 'ben'],
        ]),
      );
      expect(ben.room.presence.find(({ id }) => id === 'ann')?.info).toMatchObject({ name: 'ANN' });
      ben.connection.disconnect();
      await eventually(() => expect(idsIn(ann.room)).toEqual(['ann']));
    });

    test('is the same list while nobody comes or goes, and does not flicker when the line comes back', async () => {
      const own = await startOwn();
      const name = topic('presence', 'presence');
      const [ann, ben] = [arrive(name, 'ann', own), arrive(name, 'ben', own)];
      await eventually(() =>
        expect([idsIn(ann.room), idsIn(ben.room)]).toEqual([
          ['ann', 'ben'],
          ['ann', 'ben'],
        ]),
      );
      const shown = new Set<number>();
      ann.room.subscribe(() => shown.add(ann.room.presence.length));
      ann.connection.reconnect();
      await eventually(() => expect(own.joins(name)).toBe(3));
      await ann.joined();
      await eventually(() => expect(idsIn(ann.room)).toEqual(['ann', 'ben']));
      expect(shown).not.toContain(0);
    });
  });

  const startOwn = async () => {
    const own = await dialect.start();
    onTestFinished(() => own[Symbol.asyncDispose]());
    return own;
  };
}
