import { latest, View, type ViewSource } from '@tautline/core';
import { computed, type Ref } from 'vue';
import type { MessageOptions, RefsOf } from './types';
import { useSelected, useStore, type Store } from './useStore';

type ViewOptions<M, S, T> = Pick<MessageOptions<M, unknown, S, T>, 'collect' | 'select' | 'isEqual' | 'flush'>;

/** What a component sees: of a connection or a channel, and what it collected of the messages. */
interface Sight<N, S> {
  readonly snapshot: N;
  readonly collected: S;
}

/**
 * What one component sees: a ref for each field of the snapshot, and as `data` what it collects of the messages.
 * `idle` is the snapshot until mounted and without a source.
 */
export function useView<M, S, T, N extends object>(
  source: () => ViewSource<M, N> | null,
  idle: N,
  options: ViewOptions<M, S, T>,
): RefsOf<N> & { readonly data: Readonly<Ref<T>> } {
  const { collect = latest() as NonNullable<typeof options.collect>, flush } = options; // S is this collector's state when none is given
  const seenBy = (now: ViewSource<M, N> | null) => new Seen(now, [collect, flush], idle);
  const sight = useStore(() => seenBy(source()), seenBy(null).getSnapshot());
  const collected = computed(() => sight.value.collected);
  const view: Record<string, unknown> = { data: useSelected(collected, options) };
  for (const field of Object.keys(idle) as (keyof N & string)[]) {
    view[field] = computed(() => sight.value.snapshot[field]);
  }
  return view as RefsOf<N> & { readonly data: Readonly<Ref<T>> }; // one for each field of the snapshot
}

class Seen<M, N, S> extends View<M, N, S> implements Store<Sight<N, S>> {
  readonly #idle: N;
  #listener: (() => void) | undefined;

  constructor(
    source: ViewSource<M, N> | null,
    [collect, flush]: readonly [
      NonNullable<MessageOptions<M, unknown, S, S>['collect']>,
      ViewOptions<M, S, S>['flush'],
    ],
    idle: N,
  ) {
    super(source, collect, flush);
    this.#idle = idle;
  }

  getSnapshot(): Sight<N, S> {
    return { snapshot: this.source?.getSnapshot() ?? this.#idle, collected: this.collected };
  }

  subscribe(listener: () => void): () => void {
    this.#listener = listener;
    this.watch();
    return () => {
      this.unwatch();
      this.#listener = undefined; // a flush may still be due
    };
  }

  told(): void {
    this.#listener?.();
  }
}
