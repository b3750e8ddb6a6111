import { systemClock } from '../lib/clock';
import { Emitter } from '../lib/emitter';
import { retain, type Retained } from '../lib/retention';
import type { Channel, ChannelMessage } from '../channel/types';
import type { Connection } from '../types';
import type { Collector, KeyedCollector } from './collectors';
import { eventOf, Fold, type AnyCollector } from './fold';
import type { Flush } from './frame';

/** Where messages come from, if not from a connection. */
export interface FeedSource<M> {
  on(event: 'message', listener: (message: M) => void): () => void;
  retain(): () => void;
}

/** A channel, all of whose events are messages: `{ event, payload }`. */
type ChannelSource<Events extends object> = Pick<Channel<Events>, 'topic' | 'on' | 'retain'>;

/** Messages as state, for many readers: each message is added once, not once per reader. */
export interface Feed<S> {
  /** The state, made when somebody first looks after a flush; the same object until the next one. */
  getSnapshot(): S;
  /** The state before any message: what a server renders, and a browser while it hydrates. */
  getServerSnapshot(): S;
  /** Calls back after each flush that changed something. Retains the feed for as long as it listens. */
  subscribe(listener: () => void): () => void;
  /** Keeps the feed, and its source, going until released. */
  retain(): () => void;
}

/** A feed whose readers wake only for their key: a flush costs what the keys that changed cost. */
export interface KeyedFeed<K, V> extends Feed<ReadonlyMap<K, V>> {
  get(key: K): V | undefined;
  subscribeKey(key: K, listener: () => void): () => void;
}

export interface FeedOptions {
  /**
   * When subscribers are told. `frame`: at most once per animation frame, or every 100 ms while the
   * page is hidden; in Node, in a microtask. A number: at most every so many milliseconds.
   *
   * @default 'frame'
   */
  flush?: Flush | undefined;
}

/** Starts with the first subscriber or `retain`; keeps its state when the last one has left. */
export function createFeed<M, K, V>(
  source: Connection<M, never>,
  collector: KeyedCollector<M, K, V>,
  options?: FeedOptions,
): KeyedFeed<K, V>;
export function createFeed<M, S, A>(
  source: Connection<M, never>,
  collector: Collector<M, S, A>,
  options?: FeedOptions,
): Feed<S>;
export function createFeed<Events extends object, K, V>(
  source: ChannelSource<Events>,
  collector: KeyedCollector<ChannelMessage<Events>, K, V>,
  options?: FeedOptions,
): KeyedFeed<K, V>;
export function createFeed<Events extends object, S, A>(
  source: ChannelSource<Events>,
  collector: Collector<ChannelMessage<Events>, S, A>,
  options?: FeedOptions,
): Feed<S>;
export function createFeed<M, K, V>(
  source: FeedSource<M>,
  collector: KeyedCollector<M, K, V>,
  options?: FeedOptions,
): KeyedFeed<K, V>;
export function createFeed<M, S, A>(
  source: FeedSource<M>,
  collector: Collector<M, S, A>,
  options?: FeedOptions,
): Feed<S>;
export function createFeed<M, K, V, S>(
  source: FeedSource<M> & { topic?: string },
  collector: AnyCollector<M, S> & { keyOf?: (message: M) => K },
  { flush }: FeedOptions = {},
): Feed<S> & Omit<KeyedFeed<K, V>, keyof Feed<S>> {
  const changes = new Emitter<'change'>();
  /** Of each key that somebody reads. */
  const readers = new Map<K, Emitter<'change'>>();
  const fold = new FeedFold<M, K, S>(collector, flush, { changes, readers });
  const initial = fold.collected;

  let stop = () => {};
  const use: Retained = {
    holders: 0,
    cancel: undefined,
    held() {
      const release = source.retain();
      const stopListening = source.on(eventOf(source), (message) => fold.add(message));
      stop = () => {
        stopListening();
        release();
      };
    },
    released: () => stop(),
  };
  /** Who listens also holds on. */
  const holding = (listen: () => () => void) => {
    const release = retain(use, systemClock); // first, since a source that is gone throws
    const unsubscribe = listen();
    return () => {
      unsubscribe();
      release();
    };
  };

  const listenTo = (key: K, listener: () => void) => {
    const ofKey = readers.get(key) ?? new Emitter<'change'>();
    readers.set(key, ofKey);
    const stopListening = ofKey.on('change', listener);
    return () => {
      stopListening();
      if (!ofKey.size && readers.get(key) === ofKey) readers.delete(key);
    };
  };

  return {
    getSnapshot: () => fold.collected,
    getServerSnapshot: () => initial,
    subscribe: (listener) => holding(() => changes.on('change', listener)),
    retain: () => retain(use, systemClock),
    get: (key) => fold.accumulator.get(key),
    subscribeKey: (key, listener) => holding(() => listenTo(key, listener)),
  };
}

/** Who hears of a feed. */
interface Readers<K> {
  readonly changes: Emitter<'change'>;
  readonly readers: ReadonlyMap<K, Emitter<'change'>>;
}

class FeedFold<M, K, S> extends Fold<M, S> {
  readonly #keyOf: ((message: M) => K) | undefined;
  readonly #readers: Readers<K>;
  readonly #changedKeys = new Set<K>();

  constructor(
    collector: AnyCollector<M, S> & { keyOf?: (message: M) => K },
    flush: Flush | undefined,
    readers: Readers<K>,
  ) {
    super({ collect: collector, flush });
    this.#keyOf = collector.keyOf;
    this.#readers = readers;
  }

  protected override changedBy(message: M): void {
    if (this.#keyOf && this.#readers.readers.size) this.#changedKeys.add(this.#keyOf(message));
  }

  notify(): void {
    const { changes, readers } = this.#readers;
    const keys = [...this.#changedKeys];
    this.#changedKeys.clear();
    changes.emit('change', undefined);
    for (const key of keys) readers.get(key)?.emit('change', undefined);
  }
}
