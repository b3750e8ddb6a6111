import type { Fleet } from './fleet';
import type { Machine } from './machine';
import type { Market } from './market';
import { Pace, spread } from './pace';
import type { Stream, Streams } from './streams';

const SAMPLE_INTERVAL = 500;

/** Moves the simulation on, and writes each stream its share. Knows no socket. */
export class Feeder {
  readonly #paces = new Map<string, Pace>();
  #at: number;
  #sampledAt = 0;

  constructor(
    private readonly world: { readonly market: Market; readonly fleet: Fleet; readonly machine: Machine },
    private readonly streams: Streams,
    now: number,
  ) {
    this.#at = now;
  }

  advance(now: number, clients: number): void {
    const elapsed = now - this.#at;
    this.#at = now;
    this.#simulate('/market', this.world.market, elapsed);
    this.#simulate('/fleet', this.world.fleet, elapsed);
    if (now - this.#sampledAt >= SAMPLE_INTERVAL) {
      this.#sampledAt = now;
      const sample = JSON.stringify(this.world.machine.sample(now, clients));
      for (const { outbox } of this.streams.on('/fleet')) outbox.append(sample);
    }
  }

  /** All clients see one world: it runs as fast as the fastest of them wants, the others get a part of the updates. */
  #simulate(path: string, world: { step(count: number): string[] }, elapsed: number): void {
    const streams = this.streams.on(path);
    if (streams.length === 0) return;
    const pace = this.#paceOf(path, streams);
    const updates = world.step(pace.due(elapsed));
    for (const stream of streams) {
      for (const update of spread(updates, stream.pace.due(elapsed))) stream.outbox.append(update);
    }
  }

  #paceOf(path: string, streams: readonly Stream[]): Pace {
    const pace = this.#paces.get(path) ?? new Pace(0);
    this.#paces.set(path, pace);
    pace.rate = Math.max(...streams.map((stream) => stream.pace.rate));
    return pace;
  }
}
