import type { FleetWatch } from './fleet/fleetWatch';
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
    private readonly world: { readonly market: Market; readonly watch: FleetWatch; readonly machine: Machine },
    private readonly streams: Streams,
    now: number,
  ) {
    this.#at = now;
  }

  advance(now: number, clients: number): void {
    const elapsed = now - this.#at;
    this.#at = now;
    this.#simulate('/market', this.world.market, elapsed);
    this.#simulate('/fleet', this.world.watch.fleet, elapsed);
    this.#tellAll('/fleet', this.world.watch.advance(now));
    if (now - this.#sampledAt >= SAMPLE_INTERVAL) {
      this.#sampledAt = now;
      this.#tellAll('/fleet', [this.world.machine.record(now, clients)]);
    }
  }

  #tellAll(path: string, frames: readonly string[]): void {
    if (frames.length === 0) return;
    for (const { outbox } of this.streams.on(path)) for (const frame of frames) outbox.append(frame);
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
