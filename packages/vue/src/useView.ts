import { createFeed, latest } from '@tautline/core';
import { computed, type Ref } from 'vue';
import type { MessageOptions, RefsOf } from './types';
import { useStore, type Store } from './useStore';

/** What a component looks at: a connection or a channel. */
interface Source<M, N, E> extends Store<N> {
  on(event: E, listener: (message: M) => void): () => void;
}

type ViewOptions<M, S, T> = Pick<MessageOptions<M, unknown, S, T>, 'collect' | 'select' | 'isEqual' | 'flush'>;

/**
 * What one component sees: a ref for each field of the snapshot, and as `data` what it collects of one event.
 * `idle` is the snapshot until mounted and without a source.
 */
export function useView<M, S, T, N extends object, E>(
  source: () => Source<M, N, E> | null,
  [event, idle]: readonly [event: E, idle: N],
  options: ViewOptions<M, S, T>,
): RefsOf<N> & { readonly data: Readonly<Ref<T>> } {
  const { collect = latest() as NonNullable<typeof options.collect> } = options; // S is this collector's state when none is given
  const feedOf = (now: Source<M, N, E> | null) =>
    createFeed(
      { on: (_, listener: (message: M) => void) => now?.on(event, listener) ?? noop, retain: () => noop },
      collect,
      options,
    );
  const view: Record<string, unknown> = {
    data: useStore(() => feedOf(source()), feedOf(null).getSnapshot(), options),
  };
  const snapshot = useStore(source, idle);
  for (const field of Object.keys(idle) as (keyof N & string)[]) view[field] = computed(() => snapshot.value[field]);
  return view as RefsOf<N> & { readonly data: Readonly<Ref<T>> }; // one for each field of the snapshot
}

const noop = () => {};
