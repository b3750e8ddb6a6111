/** Numbers the frames of a stream from 1 and keeps the newest of them, for a client that comes back. */
export class Outbox {
  readonly #frames: string[] = [];
  #next = 1;

  constructor(private readonly capacity: number) {}

  /** The number that the next frame will get. */
  get next(): number {
    return this.#next;
  }

  /** The oldest number still kept. */
  get first(): number {
    return Math.max(1, this.#next - this.capacity);
  }

  /** @param json an object, to which the number is added as `seq`. */
  append(json: string): void {
    this.#frames[this.#next % this.capacity] = `{"seq":${this.#next},${json.slice(1)}`;
    this.#next += 1;
  }

  at(seq: number): string | undefined {
    return seq >= this.first && seq < this.#next ? this.#frames[seq % this.capacity] : undefined;
  }
}
