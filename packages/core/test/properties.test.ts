import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConnectionOptions, LifecycleFact } from '../src/index';
import { stage, type Stage } from './kit/stage';

/** Lives per property; more by hand, to search: `FC_RUNS=20000`. */
const RUNS = Number(process.env.FC_RUNS ?? 150);

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {}); // listeners that throw are reported there
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What a listener does when it hears something. */
type Mischief = 'nothing' | 'throw' | 'connect' | 'disconnect' | 'reconnect' | 'send' | 'clear';

type Command =
  | { readonly do: 'connect' | 'disconnect' | 'reconnect' | 'retain' | 'release' | 'clear' | 'dispose' }
  | { readonly do: 'send'; readonly volatile: boolean; readonly ttl: number | undefined }
  | { readonly do: 'accept' | 'deliver' | 'break' | 'start-closing' }
  | { readonly do: 'end'; readonly code: number }
  | { readonly do: 'late'; readonly event: 'accept' | 'deliver' | 'break' | 'end' }
  | { readonly do: 'fill'; readonly bufferedAmount: number }
  | { readonly do: 'advance' | 'sleep'; readonly ms: number }
  | { readonly do: 'tell'; readonly fact: LifecycleFact }
  | {
      readonly do: 'misbehave';
      readonly event: 'change' | 'message' | 'dropped' | 'connected';
      readonly mischief: Mischief;
    };

const only = <C extends Command>(...commands: C[]) => fc.constantFrom<Command>(...commands);
const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 60,
    arbitrary: only({ do: 'connect' }, { do: 'retain' }, { do: 'release' }, { do: 'disconnect' }, { do: 'reconnect' }),
  },
  {
    weight: 70,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      volatile: fc.boolean(),
      ttl: fc.constantFrom(undefined, undefined, 0, 2_000),
    }),
  },
  {
    weight: 100,
    arbitrary: only({ do: 'accept' }, { do: 'accept' }, { do: 'deliver' }, { do: 'break' }, { do: 'start-closing' }),
  },
  {
    weight: 30,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      code: fc.constantFrom(1000, 1006, 1012, 1013, 4401, 4404),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('late' as const),
      event: fc.constantFrom('accept', 'deliver', 'break', 'end'),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ do: fc.constant('fill' as const), bufferedAmount: fc.constantFrom(0, 2_000_000) }),
  },
  {
    weight: 70,
    arbitrary: fc.record({
      do: fc.constantFrom('advance', 'advance', 'sleep'),
      ms: fc.constantFrom(0, 20, 300, 2_000, 9_000, 61_000),
    }),
  },
  {
    weight: 40,
    arbitrary: fc.record({
      do: fc.constant('tell' as const),
      fact: fc.constantFrom<LifecycleFact>(
        'went-online',
        'went-offline',
        'page-hidden',
        'page-shown',
        'page-frozen',
        'page-resumed',
      ),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('misbehave' as const),
      event: fc.constantFrom('change', 'message', 'dropped', 'connected'),
      mischief: fc.constantFrom<Mischief>('nothing', 'throw', 'connect', 'disconnect', 'reconnect', 'send', 'clear'),
    }),
  },
  { weight: 8, arbitrary: only({ do: 'clear' }) },
  { weight: 2, arbitrary: only({ do: 'dispose' }) },
);

const options = fc.record({
  reconnect: fc.constantFrom(true, false, { maxAttempts: 2 }, { initialDelay: 0 }),
  heartbeat: fc.constantFrom(false as const, { message: 'ping' }),
  queue: fc.constantFrom(
    true,
    false,
    { maxMessages: 2 },
    { maxMessages: 3, overflow: 'drop-oldest' as const },
    { maxBytes: 7, ttl: 5_000 },
  ),
  lifecycle: fc.constantFrom({}, { hiddenAfter: 10_000 }),
  idleTimeout: fc.constantFrom(Infinity, 30_000),
});

/** A connection in the hands of fate, with a ledger of what became of each message. */
class Fate {
  readonly stage: Stage<string, string>;
  readonly mischief: Record<string, Mischief> = {};
  readonly results = new Map<string, string>();
  readonly dropped: string[] = [];
  readonly problems: string[] = [];
  releases: (() => void)[] = [];
  sends = 0;
  /** How often listeners may still call back in, so that no life lasts for ever. */
  patience = 0;
  isDisposed = false;

  constructor(chosen: ConnectionOptions<string, string>) {
    this.stage = stage<string, string>(chosen);
    const { connection } = this.stage;
    connection.on('dropped', ({ message }) => this.dropped.push(message));
    let seen = connection.getSnapshot();
    connection.subscribe(() => {
      if (connection.getSnapshot() === seen) this.problems.push('told of a change that was none');
      seen = connection.getSnapshot();
    });
    connection.subscribe(() => this.misbehave('change'));
    for (const event of ['message', 'dropped', 'connected'] as const) connection.on(event, () => this.misbehave(event));
    this.lastSeen = () => seen;
  }

  readonly lastSeen: () => unknown;

  misbehave(event: string): void {
    const mischief = this.mischief[event] ?? 'nothing';
    if (this.isDisposed || this.patience-- <= 0) return;
    if (mischief === 'throw') throw new Error('a listener that throws');
    if (mischief === 'send') this.send(false, undefined);
    else if (mischief === 'clear') this.stage.connection.queue.clear();
    else if (mischief !== 'nothing') this.stage.connection[mischief]();
  }

  send(volatile: boolean, ttl: number | undefined): void {
    const message = `m${++this.sends}`;
    this.results.set(message, 'pending');
    this.results.set(message, this.stage.connection.send(message, { volatile, ...(ttl !== undefined && { ttl }) }));
  }

  run(command: Command): void {
    this.patience = 6;
    const { connection, environment, sockets, live } = this.stage;
    const [socket] = live();
    const former = sockets.findLast((one) => one.isDetached);
    switch (command.do) {
      case 'connect':
      case 'reconnect':
        return this.isDisposed ? undefined : connection[command.do]();
      case 'retain':
        if (!this.isDisposed) this.releases.push(connection.retain());
        return;
      case 'release':
        environment.label = 'grace';
        this.releases.pop()?.();
        environment.label = '';
        return;
      case 'disconnect':
        return connection.disconnect();
      case 'clear':
        return connection.queue.clear();
      case 'dispose':
        this.isDisposed = true;
        return connection.dispose();
      case 'send':
        return this.send(command.volatile, command.ttl);
      case 'accept':
        return socket?.readyState === 0 ? socket.accept() : undefined;
      case 'deliver':
        return socket?.readyState === 1 ? socket.deliver('hello') : undefined;
      case 'break':
        return socket?.break();
      case 'start-closing':
        if (socket?.readyState === 1) socket.readyState = 2;
        return;
      case 'end':
        return socket?.end(command.code);
      case 'late':
        if (command.event === 'deliver') return former?.deliver('too late');
        return former?.[command.event]();
      case 'fill':
        if (socket) socket.bufferedAmount = command.bufferedAmount;
        return;
      case 'advance':
      case 'sleep':
        return environment[command.do](command.ms);
      case 'tell':
        return environment.tell(command.fact);
      case 'misbehave':
        this.mischief[command.event] = command.mischief;
    }
  }

  /** What reached the network, in order, pings aside. */
  sent(): string[] {
    return this.stage.sockets.flatMap((socket) => socket.sent.map(String)).filter((data) => data !== 'ping');
  }
}

/** Lives many lives; checks each after every command. */
function always(check: (fate: Fate, command: Command) => void): void {
  const life = fc.tuple(options, fc.array(commands, { maxLength: 80, size: 'max' }));
  fc.assert(
    fc.property(life, ([chosen, script]) => {
      const fate = new Fate(chosen);
      for (const command of script) {
        fate.run(command);
        check(fate, command);
      }
    }),
    { numRuns: RUNS },
  );
}

describe('in every life of a connection', () => {
  test('there is at most one live socket, and none when it rests', () => {
    always(({ stage: { live, connection } }) => {
      const { readyState, status } = connection.getSnapshot();
      expect(live().length).toBeLessThanOrEqual(1);
      if (readyState === 3 && status !== 'connecting' && status !== 'reconnecting') expect(live()).toEqual([]);
    });
  });

  test('every socket that was given up was also closed', () => {
    always(({ stage: { sockets } }) => {
      for (const socket of sockets)
        if (socket.isDetached && socket.readyState < 2) expect(socket.closeCalls.length).toBeGreaterThan(0);
    });
  });

  test('a resting connection holds no timer and listens to nothing', () => {
    always(({ stage: { connection, environment } }) => {
      const { readyState, status } = connection.getSnapshot();
      if (readyState !== 3 || status === 'connecting' || status === 'reconnecting') return;
      expect(environment.timers.filter(({ label }) => label !== 'grace')).toEqual([]);
      expect(environment.listeners.size).toBe(0);
    });
  });

  test('a waiting connection holds its timer or is paused', () => {
    always(({ stage: { connection, environment } }) => {
      const { readyState, status, retryAt, paused } = connection.getSnapshot();
      if (readyState !== 3 || (status !== 'connecting' && status !== 'reconnecting')) return;
      expect((retryAt === null) !== (paused === null)).toBe(true);
      expect(environment.listeners.size).toBe(1);
      if (retryAt !== null) expect(environment.timers.length).toBeGreaterThan(0);
    });
  });

  test('messages go out in the order they were sent, and none goes twice', () => {
    always((fate) => {
      const numbers = fate.sent().map((message) => Number(message.slice(1)));
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    });
  });

  test('every message was sent, or reported as dropped, or still waits', () => {
    always((fate, command) => {
      const { queue } = fate.stage.connection;
      // Dispose forgets the listeners, so that later drops are told by the result alone.
      const late = [...fate.results].filter(
        ([message, result]) => result === 'dropped' && !fate.dropped.includes(message),
      );
      if (!fate.isDisposed) expect(late).toEqual([]);
      const gone = [...fate.sent(), ...fate.dropped, ...late.map(([message]) => message)];
      expect(new Set(gone).size).toBe(gone.length);
      expect(gone.length + queue.size).toBe(fate.results.size);
      for (const [message, result] of fate.results) {
        if (result === 'sent' && command.do !== 'start-closing') expect(gone).toContain(message);
      }
    });
  });

  test('the queue keeps its bounds and its count of bytes', () => {
    always((fate) => {
      const { queue } = fate.stage.connection;
      const waiting = [...fate.results.keys()].filter(
        (message) => !fate.sent().includes(message) && !fate.dropped.includes(message),
      );
      if (!fate.isDisposed) expect(queue.bytes).toBe(waiting.join('').length);
      expect(queue.size).toBeLessThanOrEqual(1_000);
    });
  });

  test('subscribers are called when the snapshot is another object, and only then', () => {
    always((fate) => {
      expect(fate.problems).toEqual([]);
      if (!fate.isDisposed) expect(fate.lastSeen()).toBe(fate.stage.connection.getSnapshot());
    });
  });

  test('connected and disconnected take turns', () => {
    always(({ stage: { heard, connection } }) => {
      const turns = heard
        .map(({ event }) => event)
        .filter((event) => event === 'connected' || event === 'disconnected');
      turns.forEach((turn, index) => expect(turn).toBe(index % 2 ? 'disconnected' : 'connected'));
      expect(turns.at(-1) === 'connected').toBe(connection.getSnapshot().status === 'connected');
    });
  });

  test('once the world is well again, what was wanted is connected', () => {
    const life = fc.tuple(options, fc.array(commands, { maxLength: 60, size: 'max' }));
    fc.assert(
      fc.property(life, ([chosen, script]) => {
        const fate = new Fate({ ...chosen, reconnect: true });
        script.forEach((command) => fate.run(command));
        Object.keys(fate.mischief).forEach((event) => (fate.mischief[event] = 'nothing'));
        const { connection, environment, live } = fate.stage;
        fate.releases.splice(1).forEach((release) => release());
        environment.advance(0);
        if (!['connecting', 'connected', 'reconnecting'].includes(connection.getSnapshot().status)) return;

        for (const fact of ['page-resumed', 'page-shown', 'went-online'] as const) environment.tell(fact);
        for (let round = 0; round < 10; round++) {
          environment.advance(5_000);
          for (const socket of live()) {
            if (socket.readyState === 0) socket.accept();
            else if (socket.readyState === 1) socket.deliver('alive');
            socket.bufferedAmount = 0;
          }
        }
        environment.advance(100);
        expect(live().filter((socket) => socket.readyState === 2)).toEqual([]);
        expect(connection.getSnapshot().status).toBe('connected');
        expect(connection.queue.size).toBe(0);
      }),
      { numRuns: RUNS },
    );
  });
});
