import type { Position, Publication } from './publication';

/** How much of a channel is kept. */
export interface HistoryOptions {
  /** How many publications, 1 or more. @default 100 */
  readonly size?: number;
  /**
   * How many bytes of them: UTF-16 units of their JSON, and 256 for each. Longer ones are not kept at all.
   *
   * @default 1_048_576
   */
  readonly maxBytes?: number;
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
  readonly bytes: number;
}

/** What a publication costs that is kept, its JSON aside, in bytes. */
const OVERHEAD = 256;

/** How many bytes several streams keep together. */
export interface Tally {
  bytes: number;
}

/** The history of a channel: publications with offsets that follow each other. */
export class Stream {
  readonly #epoch: string;
  readonly #options: Required<HistoryOptions>;
  readonly #tally: Tally;
  #items: Item[] = [];
  #bytes = 0;
  #offset = 0;

  constructor(epoch: string, options: Required<HistoryOptions>, tally: Tally) {
    this.#epoch = epoch;
    this.#options = options;
    this.#tally = tally;
  }

  /** The position of the last publication. */
  get position(): Position {
    return { offset: this.#offset, epoch: this.#epoch };
  }

  /** @param make Is given the position that the publication is at. */
  append(now: number, make: (position: Position) => Publication): Publication {
    const offset = ++this.#offset;
    const publication = make({ offset, epoch: this.#epoch });
    const bytes = publication.json.length + OVERHEAD;
    this.#items.push({ publication, offset, until: now + this.#options.age, bytes });
    this.#weigh(bytes);
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

  /** Keeps fewer, the oldest first, until at least so many bytes are free. */
  free(bytes: number): void {
    let freed = 0;
    let count = 0;
    for (const item of this.#items) {
      if (freed >= bytes) break;
      freed += item.bytes;
      count++;
    }
    this.#drop(count);
  }

  #prune(now: number): void {
    const { size, maxBytes } = this.#options;
    const tooMany = this.#items.length - size;
    const young = this.#items.findIndex(({ until }) => until > now);
    this.#drop(Math.max(tooMany, young < 0 ? this.#items.length : young));
    this.free(this.#bytes - maxBytes);
  }

  #drop(count: number): void {
    if (count <= 0) return;
    for (const { bytes } of this.#items.splice(0, count)) this.#weigh(-bytes);
  }

  #weigh(bytes: number): void {
    this.#bytes += bytes;
    this.#tally.bytes += bytes;
  }
}
