/** What became of an event that a page sent to a channel. */
export interface Send {
  readonly number: number;
  readonly topic: string;
  outcome: 'pending' | 'resolved' | 'rejected';
  /** How often it was given to a socket, and how often published. */
  given: number;
  published: number;
  /** The code or name of the error it was rejected with. */
  reason: string;
}

/** What became of a message that a page sent past all channels. */
export interface Note {
  readonly number: number;
  outcome: 'waiting' | 'given' | 'dropped';
  /** How often the server has got it. */
  arrived: number;
}

/** What the server has published in a topic, in order. */
export class Publications {
  readonly #places = new Map<number, number>();

  get count(): number {
    return this.#places.size;
  }

  add(number: number): void {
    this.#places.set(number, this.#places.size);
  }

  /** Which one it was, counted from 0; -1 if it never was. */
  placeOf(number: number): number {
    return this.#places.get(number) ?? -1;
  }
}

/** The truth about everything that was sent, as a world sees it that sees everything. */
export class Ledger {
  readonly sends = new Map<number, Send>();
  readonly notes = new Map<number, Note>();
  readonly #publications = new Map<string, Publications>();
  #numbers = 0;

  nextNumber(): number {
    return ++this.#numbers;
  }

  publicationsIn(topic: string): Publications {
    const known = this.#publications.get(topic) ?? new Publications();
    this.#publications.set(topic, known);
    return known;
  }
}
