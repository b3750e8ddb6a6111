import type { Socket } from 'node:net';

type Parcel = Buffer | 'end' | 'reset';

/** How many bytes may lie here before the sender is told to wait. */
const MOST_HELD_BYTES = 65_536;
/** A throttled flow passes on this much at once, in seconds of its rate. */
const GRAIN = 0.01;

/** One way through the proxy: passes on what `from` says, its bytes, its end and its reset, as it is told to. */
export class Flow {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #held: { what: Parcel; readonly dueAt: number }[] = [];
  #isFrozen = false;
  #latency = 0;
  #rate = Infinity;
  /** When a throttled flow may pass on the next bytes. */
  #freeAt = 0;
  /** How many bytes may pass before the flow stops, and who waits for that. */
  #allowance = Infinity;
  #stopped = () => {};
  #timer: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket) {
    this.#from = from;
    this.#to = to;
    from.on('data', (bytes) => this.#take(bytes));
    from.on('end', () => this.#take('end'));
    from.on('error', () => this.#take('reset'));
    to.on('drain', () => this.#readOn());
    to.on('close', () => clearTimeout(this.#timer));
  }

  /** Passes nothing on, not even an end. */
  freeze(): void {
    this.#isFrozen = true;
    this.#from.pause();
  }

  /** Passes on what was held back, and everything after it. */
  resume(): void {
    this.#isFrozen = false;
    this.#pump();
  }

  /** Holds everything back for so many milliseconds, in order. */
  delay(milliseconds: number): void {
    this.#latency = milliseconds;
  }

  /** Passes on no more bytes than this in a second; `Infinity`: as they come. */
  throttle(bytesPerSecond: number): void {
    this.#rate = bytesPerSecond;
    this.#freeAt = 0;
    this.#pump();
  }

  /** Passes on so many bytes more, then freezes; resolves when it does. */
  stopAfter(bytes: number): Promise<void> {
    return new Promise((resolve) => {
      this.#allowance = bytes;
      this.#stopped = resolve;
      this.#count(0);
    });
  }

  /** Says the end to the receiver, when it is its turn. */
  end(): void {
    this.#take('end');
  }

  #take(what: Parcel): void {
    this.#held.push({ what, dueAt: performance.now() + this.#latency });
    this.#pump();
  }

  #pump(): void {
    clearTimeout(this.#timer);
    for (let next = this.#held[0]; next && !this.#isFrozen; next = this.#held[0]) {
      const wait = Math.max(next.dueAt, this.#freeAt) - performance.now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#pump(), wait);
        break;
      }
      const what = this.#shift(next);
      this.#pass(what);
      if (typeof what !== 'string') this.#count(what.length);
    }
    this.#readOn();
  }

  /** What may go now of the parcel whose turn it is; the rest of it stays. */
  #shift(next: { what: Parcel }): Parcel {
    const { what } = next;
    const most = Math.min(this.#allowance, Math.ceil(this.#rate * GRAIN));
    if (typeof what === 'string' || what.length <= most) {
      this.#held.shift();
      return what;
    }
    next.what = what.subarray(most);
    return what.subarray(0, most);
  }

  #pass(what: Parcel): void {
    if (this.#to.destroyed) return;
    if (what === 'end') this.#to.end();
    else if (what === 'reset') this.#to.resetAndDestroy();
    else if (this.#to.writable) this.#to.write(what);
  }

  #count(bytes: number): void {
    this.#freeAt = performance.now() + (bytes / this.#rate) * 1_000;
    this.#allowance -= bytes;
    if (this.#allowance > 0) return;
    this.#isFrozen = true;
    this.#allowance = Infinity;
    this.#stopped();
  }

  /** A sender that is not read from feels it, as on a slow path. */
  #readOn(): void {
    const bytes = this.#held.reduce((sum, { what }) => sum + (typeof what === 'string' ? 0 : what.length), 0);
    if (this.#isFrozen || this.#to.writableNeedDrain || bytes > MOST_HELD_BYTES) this.#from.pause();
    else this.#from.resume();
  }
}
