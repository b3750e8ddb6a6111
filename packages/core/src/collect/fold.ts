import { MAX_DELAY } from '../lib/clock';
import { latest, type Collector } from './collectors';
import { onNextFrame, type Flush } from './frame';

/** What it keeps inside is its own. */
export type AnyCollector<M, S> = Collector<M, S, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The event that brings all messages of a connection; a channel, to which `message` is but one event, has another. */
export const eventOf = ({ topic }: { readonly topic?: string }): 'message' =>
  topic === undefined ? 'message' : ('*' as 'message'); // which is what the types of sources have in common

export interface FoldOptions<M, S> {
  /** @default latest(), and S is its state */
  readonly collect?: AnyCollector<M, S> | undefined;
  readonly flush?: Flush | undefined;
}

/** Messages as state, and when to notify of it. One object and no closures, since a page may have thousands. */
export abstract class Fold<M, S> {
  accumulator: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- the collector's own
  readonly #collector: AnyCollector<M, S>;
  readonly #flush: Flush;
  #state: S | typeof STALE = STALE;
  #isScheduled = false;

  constructor({ collect = latest() as AnyCollector<M, never>, flush = 'frame' }: FoldOptions<M, S>) {
    this.#collector = collect;
    this.#flush = flush;
    this.accumulator = collect.initial();
  }

  /** Called after each flush. */
  abstract notify(): void;

  /** Made when somebody first looks after a flush; the same until the next one. */
  get collected(): S {
    if (this.#state === STALE) this.#state = viewOf(this.#collector, this.accumulator);
    return this.#state as S; // no collector has the other
  }

  /** Called with each message that may have changed the state. */
  protected changedBy?(message: M): void;

  add(message: M): void {
    const before = this.accumulator;
    this.accumulator = this.#collector.add(before, message);
    if (this.accumulator === before && !this.#collector.view) return; // an immutable state that did not change
    this.changedBy?.(message);
    if (this.#flush === 'sync') this.flush();
    else if (!this.#isScheduled) {
      this.#isScheduled = true;
      if (this.#flush === 'frame') onNextFrame(this);
      else setTimeout(() => this.flush(), Math.min(this.#flush, MAX_DELAY));
    }
  }

  flush(): void {
    this.#isScheduled = false;
    this.#state = STALE; // the view is made when somebody looks
    this.notify();
  }
}

const STALE = /* @__PURE__ */ Symbol();

const viewOf = <M, S>({ view }: AnyCollector<M, S>, accumulator: unknown): S =>
  view ? view(accumulator) : (accumulator as S); // without `view`, the accumulator is the state
