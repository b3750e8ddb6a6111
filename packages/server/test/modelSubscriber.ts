import type { SimulatedLine, Simulation } from './simulation';

type Frame = Record<string, unknown>;

/** What a frame means to a subscriber. */
type Fact =
  | {
      readonly type: 'joined';
      readonly recovered: boolean;
      readonly position: unknown;
      readonly missed: readonly Event[];
    }
  | { readonly type: 'event'; readonly event: Event }
  | { readonly type: 'ended' | 'ping' | 'other' };

interface Event {
  readonly value: unknown;
  readonly position: unknown;
}

interface Dialect {
  connect(): Frame;
  subscribe(position: unknown): Frame;
  publish(value: unknown): Frame;
  readonly pong: Frame;
  factOf(frame: Frame, position: unknown): Fact;
}

const channel = 'room';
/** The id of every subscribe. */
const JOIN = 2;

/** Just enough of a client to follow one channel: what a specification's reader would write. */
export class ModelSubscriber {
  readonly #simulation: Simulation;
  readonly #format: 'centrifugo' | 'envelope';
  readonly #dialect: Dialect;
  /** What it got, in order; `gap` where it was told that something may be missing. */
  readonly log: unknown[] = [];
  #line: SimulatedLine | undefined;
  #read = 0;
  #position: unknown;
  /** Reads nothing, as a page that sleeps. */
  isFrozen = false;

  constructor(simulation: Simulation, format: 'centrifugo' | 'envelope') {
    this.#simulation = simulation;
    this.#format = format;
    this.#dialect = format === 'envelope' ? envelopeDialect : centrifugoDialect;
  }

  /** Connects if it is not, and subscribes from where it was. Freezes after so many frames. */
  async come(frames = Infinity): Promise<void> {
    if (this.#line) return;
    this.#line = this.#simulation.open(this.#format);
    this.#read = 0;
    this.isFrozen = false;
    await this.#line.send(this.#dialect.connect(), this.#dialect.subscribe(this.#position));
    await this.read(frames);
    this.isFrozen = frames < Infinity;
  }

  /** The line is cut; of what was on its way, nothing arrives. */
  drop(): void {
    this.#line?.drop();
    this.#line = undefined;
  }

  async publish(value: unknown): Promise<void> {
    if (!this.isFrozen) await this.#line?.send(this.#dialect.publish(value));
    await this.read();
  }

  /** Sees everything that has arrived, unless it is frozen: then it all waits. */
  async read(frames = Infinity): Promise<void> {
    const line = this.#line;
    if (!line) return;
    line.bufferedBytes = this.isFrozen ? Infinity : 0;
    const end = this.#read + frames;
    for (; !this.isFrozen && this.#read < Math.min(line.frames.length, end); this.#read++) {
      const frame = line.frames[this.#read] ?? {};
      await this.#take(this.#dialect.factOf(frame, this.#position), line);
    }
    if (line.closed.length && this.#read === line.frames.length) this.#line = undefined;
  }

  async #take(fact: Fact, line: SimulatedLine): Promise<void> {
    if (fact.type === 'joined') {
      if (!fact.recovered && this.#position !== undefined) this.log.push('gap');
      this.#position = fact.position;
      for (const event of fact.missed) this.#hear(event);
    } else if (fact.type === 'event') this.#hear(fact.event);
    else if (fact.type === 'ping') await line.send(this.#dialect.pong);
    else if (fact.type === 'ended') await line.send(this.#dialect.subscribe(this.#position));
  }

  #hear({ value, position }: Event): void {
    this.log.push(value);
    this.#position = position;
  }
}

const envelopeDialect: Dialect = {
  connect: () => ({ type: 'connect', id: 1 }),
  pong: { type: 'pong' },
  subscribe: (position) => ({ type: 'subscribe', id: JOIN, topic: channel, position }),
  publish: (value) => ({ type: 'publish', id: 3, topic: channel, event: 'count', payload: value }),
  factOf({ type, id, recovered, position, payload, message }) {
    if (type === 'event') return { type, event: { value: payload, position } };
    if (type === 'ack' && id === JOIN) return { type: 'joined', recovered: recovered === true, position, missed: [] };
    if (type === 'error' && id === JOIN) throw new Error(String(message));
    return { type: type === 'ended' || type === 'ping' ? type : 'other' };
  },
};

interface Position {
  readonly offset: number;
  readonly epoch: string;
}

interface CentrifugoPublication {
  readonly data: { readonly payload: unknown };
  readonly offset: number;
}

interface CentrifugoFrame {
  readonly id?: number;
  readonly subscribe?: Position & { readonly recovered?: boolean; readonly publications?: CentrifugoPublication[] };
  readonly push?: { readonly pub?: CentrifugoPublication; readonly unsubscribe?: object };
  readonly error?: { readonly message: string };
}

const centrifugoDialect: Dialect = {
  connect: () => ({ id: 1, connect: {} }),
  pong: {},
  subscribe: (position) => ({ id: JOIN, subscribe: { channel, recover: position !== undefined, ...Object(position) } }),
  publish: (value) => ({ id: 3, publish: { channel, data: { event: 'count', payload: value } } }),
  factOf(frame, known) {
    const { id, subscribe, push, error } = frame as CentrifugoFrame; // as the protocol has it
    const { epoch } = subscribe ?? (known as Position | undefined) ?? { epoch: '' }; // what was told before
    const eventOf = ({ data, offset }: CentrifugoPublication) => ({ value: data.payload, position: { offset, epoch } });
    if (error && id === JOIN) throw new Error(error.message);
    if (!Object.keys(frame).length) return { type: 'ping' };
    if (push?.pub) return { type: 'event', event: eventOf(push.pub) };
    if (push?.unsubscribe) return { type: 'ended' };
    if (!subscribe) return { type: 'other' };
    const { offset, recovered = false, publications = [] } = subscribe;
    return { type: 'joined', recovered, position: { offset, epoch }, missed: publications.map(eventOf) };
  },
};
