import type { Clock } from '../src/lib/clock';
import type { ChannelServerOptions } from '../src';
import type { ServerContext } from '../src/session/context';
import { createContext } from '../src/session/createContext';
import { Session } from '../src/session/session';
import { centrifugo } from '../src/wire/centrifugo';
import { envelope } from '../src/wire/envelope';

/** Time that passes when told to. */
export class VirtualClock implements Clock {
  #now = 1_000_000;
  #seed = 1;
  #timers: { readonly at: number; readonly ring: () => void }[] = [];

  /** How many timers run. */
  get timers(): number {
    return this.#timers.length;
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }

  setTimeout(ring: () => void, delay: number): () => void {
    const timer = { at: this.#now + delay, ring };
    if (delay < Infinity) this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Lets time pass, and everything that is due happen when it is. */
  async pass(duration: number): Promise<void> {
    const end = this.#now + duration;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#now = next.at;
      this.#timers = this.#timers.filter((each) => each !== next);
      next.ring();
      await settled();
    }
    this.#now = end;
    await settled();
  }

  #next(end: number) {
    return this.#timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}

/** Everything that waits for promises of this turn has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A line whose other end is a test. */
export interface SimulatedLine {
  readonly session: Session;
  /** What the server sent, parsed. */
  readonly frames: Record<string, unknown>[];
  /** The code and reason the server closed with. */
  readonly closed: { code: number; reason: string }[];
  /** What the other end has not read. */
  bufferedBytes: number;
  send(...frames: unknown[]): Promise<void>;
  /** The other end went away. */
  drop(): void;
}

/** A server without sockets and without real time. */
export interface Simulation {
  readonly clock: VirtualClock;
  readonly context: ServerContext;
  open(format?: 'centrifugo' | 'envelope'): SimulatedLine;
}

export function simulate(options: Omit<ChannelServerOptions, 'port' | 'server'> = {}): Simulation {
  const clock = new VirtualClock();
  const context = createContext(options, clock);
  return {
    clock,
    context,
    open(format = 'centrifugo') {
      const line: Omit<SimulatedLine, 'session'> & { session?: Session } = {
        frames: [],
        closed: [],
        bufferedBytes: 0,
        async send(...frames) {
          for (const frame of frames) session.receive(typeof frame === 'string' ? frame : JSON.stringify(frame));
          await settled();
        },
        drop: () => session.end(),
      };
      const session = new Session(context, format === 'envelope' ? envelope : centrifugo, {
        line: {
          get bufferedBytes() {
            return line.bufferedBytes;
          },
          send: (frame) => void line.frames.push(JSON.parse(frame)),
          close: (code, reason) => void line.closed.push({ code, reason }),
        },
        handshake: { url: '/', headers: {}, address: '127.0.0.1' },
      });
      return Object.assign(line, { session });
    },
  };
}
