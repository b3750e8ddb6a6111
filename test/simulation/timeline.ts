import { Heap } from './heap';

/** Somebody whose code runs: a page, or a process of the server. */
export interface Party {
  readonly name: string;
  /** How many timers it has running. */
  timers: number;
  /** Until when nothing of it runs: it sleeps, or was stopped. */
  asleepUntil: number;
  /** Nothing of it runs ever again. */
  isGone: boolean;
}

export const partyOf = (name: string): Party => ({ name, timers: 0, asleepUntil: 0, isGone: false });

interface Happening {
  readonly party: Party;
  readonly run: () => void;
  at: number;
  /** Of two at one moment, the one that was put there first happens first. */
  order: number;
  isCancelled: boolean;
}

/** Everything that will happen, in one order, under one time. */
export class Timeline {
  /** Milliseconds since the epoch. */
  now = 1_800_000_000_000;
  #count = 0;
  readonly #happenings = new Heap<Happening>((one, other) => one.at - other.at || one.order - other.order);

  /** What happens to a party after `delay` milliseconds, unless it is cancelled. */
  schedule(party: Party, delay: number, run: () => void): () => void {
    const happening = { party, run, at: this.now + delay, order: this.#count++, isCancelled: false };
    this.#happenings.push(happening);
    return () => {
      happening.isCancelled = true;
    };
  }

  /** A timer of a party's code: counted for as long as it runs. */
  setTimeout(party: Party, run: () => void, delay: number): () => void {
    if (!(delay >= 0)) throw new RangeError(`No timer holds ${delay} ms.`);
    if (delay === Infinity) return () => {};
    let isRunning = true;
    party.timers++;
    const end = () => {
      if (isRunning) party.timers--;
      isRunning = false;
    };
    const cancel = this.schedule(party, delay, () => {
      end();
      run();
    });
    return () => {
      end();
      cancel();
    };
  }

  /** Nothing of it runs for so long; what was due then happens late, in its order. */
  sleep(party: Party, duration: number): void {
    party.asleepUntil = Math.max(party.asleepUntil, this.now + duration);
  }

  isAsleep(party: Party): boolean {
    return party.asleepUntil > this.now;
  }

  /** Goes on to the next happening and lets it happen. Returns whether there was one until `end`. */
  step(end: number): boolean {
    for (let next = this.#happenings.peek(); next && next.at <= end; next = this.#happenings.peek()) {
      this.#happenings.pop();
      if (next.isCancelled || next.party.isGone) continue;
      this.now = next.at;
      if (this.isAsleep(next.party)) {
        next.at = next.party.asleepUntil;
        next.order = this.#count++;
        this.#happenings.push(next);
        continue;
      }
      next.run();
      return true;
    }
    this.now = end;
    return false;
  }
}
