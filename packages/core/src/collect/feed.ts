import { MAX_DELAY, systemClock } from '../lib/clock';
import { Emitter } from '../lib/emitter';
import { retain, type Retained } from '../lib/retention';
import type { Channel, ChannelMessage } from '../channel/types';
import type { Connection } from '../types';
import type { Collector, KeyedCollector } from './collectors';
import { onNextFrame, type Flush } from './frame';

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

/** Of a channel; to a channel `message` is but one event. */
const EVERY_EVENT = '*' as 'message'; // which is what the types of sources have in common

/** An unkeyed collector only lacks `keyOf`; only readers of a key look into the accumulator, and it is a map then. */
type AnyCollector<M, K, V, S> = Collector<M, S, any> & { keyOf?: (message: M) => K; get?: V }; // eslint-disable-line @typescript-eslint/no-explicit-any

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
  collector: AnyCollector<M, K, V, S>,
  { flush = 'frame' }: FeedOptions = {},
): Feed<S> & Omit<KeyedFeed<K, V>, keyof Feed<S>> {
  const { initial, add, keyOf, view = (accumulator: unknown) => accumulator as S } = collector; // without `view`, the accumulator is the state
  const changes = new Emitter<'change'>();
  /** Of each key that somebody reads. */
  const readers = new Map<K, Emitter<'change'>>();
  const changedKeys = new Set<K>();
  let accumulator = initial();
  const initialSnapshot = view(accumulator);
  let snapshot = initialSnapshot;
  let isStale = false;
  let isScheduled = false;

  const tell = () => {
    isScheduled = false;
    isStale = true; // the view is made when somebody looks
    const keys = [...changedKeys];
    changedKeys.clear();
    changes.emit('change', undefined);
    for (const key of keys) readers.get(key)?.emit('change', undefined);
  };
  const schedule = () => {
    if (flush === 'sync') return tell();
    if (isScheduled) return;
    isScheduled = true;
    if (flush === 'frame') onNextFrame(tell);
    else setTimeout(tell, Math.min(flush, MAX_DELAY));
  };
  const receive = (message: M) => {
    const before = accumulator;
    accumulator = add(before, message);
    if (accumulator === before && !collector.view) return; // an immutable state that did not change
    if (keyOf && readers.size) changedKeys.add(keyOf(message));
    schedule();
  };

  let stop = () => {};
  const use: Retained = {
    holders: 0,
    cancel: undefined,
    held() {
      const release = source.retain();
      const stopListening = source.on(source.topic === undefined ? 'message' : EVERY_EVENT, receive);
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
    getSnapshot() {
      if (isStale) {
        snapshot = view(accumulator);
        isStale = false;
      }
      return snapshot;
    },
    getServerSnapshot: () => initialSnapshot,
    subscribe: (listener) => holding(() => changes.on('change', listener)),
    retain: () => retain(use, systemClock),
    get: (key) => accumulator.get(key),
    subscribeKey: (key, listener) => holding(() => listenTo(key, listener)),
  };
}
