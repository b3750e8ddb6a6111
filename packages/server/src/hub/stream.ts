import type { Position, Publication } from './publication';

/** How much of a channel is kept. */
export interface HistoryOptions {
  /** How many publications, 1 or more. @default 100 */
  readonly size?: number;
  /**
   * For how long, in milliseconds. A channel that nobody was subscribed to for this long is forgotten
   * altogether: who comes back later than that gets `recovered: false`. @default 300_000
   */
  readonly age?: number;
}

/** What is asked of the history. */
export interface HistoryQuery {
  /** Only what came after it; with `reverse`, before it. */
  readonly since?: Position | undefined;
  /** How many at most; below 0 is no limit. @default 0, to ask only for the position */
  readonly limit?: number;
  /** Newest first. @default false */
  readonly reverse?: boolean;
}

interface Item {
  readonly publication: Publication;
  readonly offset: number;
  readonly until: number;
}

/** The history of a channel: publications with offsets that follow each other. */
export class Stream {
  readonly #epoch: string;
  readonly #size: number;
  readonly #age: number;
  #items: Item[] = [];
  #offset = 0;

  constructor(epoch: string, { size, age }: Required<HistoryOptions>) {
    this.#epoch = epoch;
    this.#size = size;
    this.#age = age;
  }

  /** The position of the last publication. */
  get position(): Position {
    return { offset: this.#offset, epoch: this.#epoch };
  }

  /** @param make Is given the position that the publication is at. */
  append(now: number, make: (position: Position) => Publication): Publication {
    const offset = ++this.#offset;
    const publication = make({ offset, epoch: this.#epoch });
    this.#items.push({ publication, offset, until: now + this.#age });
    this.#prune(now);
    return publication;
  }

  /** All that came after a position, or `null` when some of it is gone or was never here. */
  since(now: number, { offset, epoch }: Position): Publication[] | null {
    this.#prune(now);
    const missed = this.#offset - offset;
    if (epoch !== this.#epoch || missed < 0 || missed > this.#items.length) return null;
    return this.#items.slice(this.#items.length - missed).map(({ publication }) => publication);
  }

  /** Like {@link since}, but gaps are the reader's business. */
  page(now: number, { since, limit = 0, reverse = false }: HistoryQuery): Publication[] {
    this.#prune(now);
    const asked = this.#items.filter(
      ({ offset }) => !since || (reverse ? offset < since.offset : offset > since.offset),
    );
    if (reverse) asked.reverse();
    return asked.slice(0, limit < 0 ? undefined : limit).map(({ publication }) => publication);
  }

  #prune(now: number): void {
    const tooMany = this.#items.length - this.#size;
    const young = this.#items.findIndex(({ until }) => until > now);
    const gone = Math.max(tooMany, young < 0 ? this.#items.length : young);
    if (gone > 0) this.#items.splice(0, gone);
  }
}
