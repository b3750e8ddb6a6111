import {
  channel,
  createConnection,
  type ChannelProtocol,
  type CloseInfo,
  type Connection,
  type Environment,
} from '@tautline/core';
import { Chance } from '../simulation/chance';
import { partyOf, Timeline } from '../simulation/timeline';
import { SimulatedWebSocket } from '../simulation/webSocket';

/** How many clients a herd has. */
export const COUNT = 1_000;

/** The longest that anything is underway one way, in milliseconds. */
const LATENCY = 50;

const LOST: CloseInfo = { code: 1006, reason: '', wasClean: false };

type Frame = Readonly<Record<string, unknown>>;

/** How the server of a herd speaks, in JSON. */
export interface Dialect {
  readonly channels: (herd: Herd) => ChannelProtocol<never, never>;
  /** What it says first to everybody. */
  readonly greeting?: Frame;
  /** Somebody said something; `reply` may be kept and called later. */
  hear?(herd: Herd, frame: Frame, reply: (answer: Frame) => void): void;
}

/** When clients asked, and when they were served, in milliseconds from the moment from which they could be. */
export interface Outcome {
  readonly asked: readonly number[];
  readonly served: readonly number[];
}

/** How long it is watched what becomes of a herd, in milliseconds. */
const PATIENCE = 12_000;

interface Line {
  readonly socket: SimulatedWebSocket;
  readonly latency: number;
}

/** A thousand clients, the server that all of them lose, and one clock. */
export class Herd {
  readonly timeline = new Timeline();
  readonly connections: readonly Connection<never, never>[];
  /** When what happened, by what it is called. */
  readonly log = new Map<string, number[]>();
  readonly #party = partyOf('herd');
  readonly #chance: Chance;
  readonly #dialect: Dialect | undefined;
  readonly #lines = new Set<Line>();
  #isUp = true;

  constructor(seed: number, dialect?: Dialect) {
    this.#chance = new Chance(seed);
    this.#dialect = dialect;
    const channels = dialect?.channels(this);
    this.connections = Array.from({ length: COUNT }, () => this.#connect(channels));
  }

  /** Something happens now. */
  note(what: string): void {
    const times = this.log.get(what) ?? [];
    this.log.set(what, times);
    times.push(this.timeline.now);
  }

  /** Lets time pass, and then says when, from now on, somebody asked, and when somebody was served. */
  async outcome(asking: string, serving: string): Promise<Outcome> {
    const { now } = this.timeline;
    await this.pass(PATIENCE);
    for (const connection of this.connections) connection.dispose();
    const [asked, served] = [asking, serving].map((what) =>
      (this.log.get(what) ?? []).filter((at) => at >= now).map((at) => at - now),
    );
    return { asked: asked ?? [], served: served ?? [] };
  }

  /** Everybody joins a topic, each on a line of their own. */
  async join(topic: string): Promise<void> {
    for (const connection of this.connections) {
      const room = channel(connection, topic);
      let before = room.getSnapshot();
      room.subscribe(() => {
        const now = room.getSnapshot();
        if (now.status === 'joined' && before.status !== 'joined') this.note('joined');
        before = now;
      });
      room.retain();
    }
    await this.pass(2_000);
  }

  /** The server's process is gone, and nothing listens there for so long. */
  async lose(outage: number): Promise<void> {
    this.#isUp = false;
    for (const { socket, latency } of this.#lines) this.after(latency, () => socket.ended(LOST));
    this.#lines.clear();
    await this.pass(outage);
    this.#isUp = true;
  }

  /** The server says the same to everybody. */
  broadcast(frame: Frame): void {
    const text = JSON.stringify(frame);
    for (const { socket, latency } of this.#lines) this.after(latency, () => socket.arrived(text));
  }

  after(delay: number, run: () => void): void {
    this.timeline.schedule(this.#party, delay, run);
  }

  latency(): number {
    return this.#chance.between(1, LATENCY);
  }

  async pass(duration: number): Promise<void> {
    const end = this.timeline.now + duration;
    await new Promise(setImmediate); // what was asked for just now
    while (this.timeline.step(end)) if (this.#dialect) await new Promise(setImmediate);
  }

  #connect(channels?: ChannelProtocol<never, never>): Connection<never, never> {
    const open = (subprotocols: readonly string[] = []) => this.#open(subprotocols);
    const environment: Partial<Environment> = {
      now: () => this.timeline.now,
      random: this.#chance.next,
      setTimeout: (run, delay) => this.timeline.setTimeout(this.#party, run, delay),
    };
    const connection = createConnection<never, never>('wss://herd.test/', {
      channels,
      lifecycle: { environment },
      WebSocket: function (_url: string, subprotocols?: string[]) {
        return open(subprotocols);
      } as never, // called with `new`
    });
    connection.on('connected', () => this.note('connected'));
    connection.connect();
    return connection;
  }

  #open([subprotocol = '']: readonly string[]): SimulatedWebSocket {
    this.note('attempt');
    const latency = this.latency();
    const reply = (answer: Frame) => this.after(latency, () => socket.arrived(JSON.stringify(answer)));
    const hear = (text: string) =>
      this.after(latency, () => {
        if (this.#lines.has(line)) this.#dialect?.hear?.(this, JSON.parse(text) as Frame, reply);
      });
    const wire = { backlog: 0, send: hear, close: () => {} };
    const socket = new SimulatedWebSocket(wire, () => {});
    const line = { socket, latency };
    this.after(2 * latency, () => {
      if (!this.#isUp) return socket.ended(LOST);
      this.#lines.add(line);
      socket.opened(subprotocol);
      if (this.#dialect?.greeting) socket.arrived(JSON.stringify(this.#dialect.greeting));
    });
    return socket;
  }
}

/** How many of these moments fall into one stretch of 100 ms at most, wherever it begins. */
export function peakOf(times: readonly number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  let first = 0;
  return sorted.reduce((peak, time, at) => {
    while (time - (sorted[first] ?? time) >= 100) first++;
    return Math.max(peak, at - first + 1);
  }, 0);
}
