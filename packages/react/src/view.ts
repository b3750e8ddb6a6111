import { createFeed, latest } from '@tautline/core';
import { createSelection } from './selection';
import { createTracked } from './tracked';
import type { MessageOptions } from './types';

/** What a component looks at: a connection or a channel. */
interface Source<M, N, E> {
  getSnapshot(): N;
  subscribe(listener: () => void): () => void;
  on(event: E, listener: (message: M) => void): () => void;
}

/**
 * What one component sees: the fields of the snapshot, and as `data` what it collects of one event, also while
 * nobody reads it. Who shows messages only once connected must not miss the first.
 *
 * `idle` is what is shown on a server and without a source; a snapshot goes over it. `hear` is called once for each message.
 */
export function createView<M, S, T, V extends { readonly data: T }, E>(
  source: Source<M, Partial<V>, E> | null,
  [event, idle, hear]: readonly [event: E, idle: Omit<V, 'data'>, hear?: (message: M) => void],
  options: MessageOptions<M, unknown, S, T>,
) {
  const feed = createFeed(
    { on: (_, listener: (message: M) => void) => source?.on(event, listener) ?? noop, retain: () => noop },
    options.collect ?? (latest() as NonNullable<typeof options.collect>), // S is this collector's state when none is given
    options,
  );
  const track = createTracked<V>();
  const part = createSelection<S, T>();

  return {
    subscribe(listener: () => void) {
      const stops = [source?.subscribe(listener), feed.subscribe(listener), hear && source?.on(event, hear)];
      return () => stops.forEach((stop) => stop?.());
    },
    /** The state now, or as a server renders it; the same object until something changes that was read from it. */
    show: ({ select, isEqual }: MessageOptions<never, unknown, S, T>, isInitial?: boolean) =>
      track({
        ...idle,
        ...(!isInitial && source?.getSnapshot()),
        data: part(isInitial ? feed.getServerSnapshot() : feed.getSnapshot(), select, isEqual),
      } as V), // `idle` has whatever a snapshot lacks
  };
}

const noop = () => {};
