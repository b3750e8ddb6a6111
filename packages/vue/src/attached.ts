import { View, type ViewSource } from '@tautline/core';
import { unref, type MaybeRef, type Ref } from 'vue';
import { Field } from './field';
import { follow } from './follow';
import { onPause } from './onPause';
import type { MessageOptions } from './types';
import { selected } from './useStore';
import { whenMounted } from './whenMounted';

/** What is shown of one kind of source. */
export interface Kind<C, N, V> {
  /** The snapshot until mounted and without a source. */
  readonly idle: N;
  /** What makes everything but the snapshot's fields and `data`. */
  readonly beside: { readonly [Name in Exclude<keyof V, keyof N | 'data'>]: (attached: Held<C>) => V[Name] };
}

/** What a component has of what it names, as those see it who make what is shown beside. */
export interface Held<C> {
  /** What is named now. */
  readonly named: C;
  readonly isWatching: boolean;
  hold(): void;
}

/**
 * Attaches the component to what it names, from mounting until the scope ends. What it returns makes each of its refs and functions
 * when it is first asked for, since few components use them all.
 */
export function useAttached<M, N extends object, C extends ViewSource<M, N> | null, V extends object, S, T>(
  named: MaybeRef<C>,
  options: MessageOptions<M, unknown, S, T>,
  kind: Kind<C, N, V>,
): V {
  const attached = new Attached<M, N, C, V, S, T>(named, options, kind);
  whenMounted(() => attached.start());
  onPause((isPaused) => attached.pause(isPaused));
  return new Proxy({} as V, attached);
}

/** One component's view, and the handler of the proxy through which it is seen. */
class Attached<M, N extends object, C extends ViewSource<M, N> | null, V extends object, S, T>
  extends View<M, N, S>
  implements Held<C>, ProxyHandler<V>
{
  readonly #named: MaybeRef<C>;
  readonly #options: MessageOptions<M, unknown, S, T>;
  readonly #kind: Kind<C, N, V>;
  #fields: readonly Field[] = NONE;
  #isPaused = false;
  #snapshot: N;
  #data: S;

  constructor(named: MaybeRef<C>, options: MessageOptions<M, unknown, S, T>, kind: Kind<C, N, V>) {
    super(null, options);
    this.#named = named;
    this.#options = options;
    this.#kind = kind;
    this.#snapshot = kind.idle;
    this.#data = this.collected;
  }

  get named(): C {
    return unref(this.#named);
  }

  override onMessage(message: M): void {
    this.#options.onMessage?.(message);
  }

  start(): void {
    follow<[C, boolean | undefined]>([this.#named, this.#options.enabled], (source, isEnabled = true) => {
      if (source !== this.source) this.accumulator = this.#options.collect?.initial(); // without one it is the last message, and there is none
      this.source = source;
      if (isEnabled) this.hold(); // first, since it may throw
      this.watch();
      this.flush();
      return () => {
        this.unwatch();
        this.release();
      };
    });
  }

  pause(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.notify();
  }

  notify(): void {
    if (this.#isPaused) return;
    this.#snapshot = this.source?.getSnapshot() ?? this.#kind.idle;
    this.#data = this.collected;
    for (const { name, signal } of this.#fields) if (signal) signal.value = this.now(name);
  }

  now(name: string): unknown {
    return name === 'data' ? this.#data : this.#snapshot[name as keyof N];
  }

  get(shown: V, name: string | symbol): unknown {
    return this.#withMade(shown, name)[name as keyof V];
  }

  has(shown: V, name: string | symbol): boolean {
    return name in this.#withMade(shown, name);
  }

  getOwnPropertyDescriptor(shown: V, name: string | symbol): PropertyDescriptor | undefined {
    return Reflect.getOwnPropertyDescriptor(this.#withMade(shown, name), name);
  }

  ownKeys(shown: V): (string | symbol)[] {
    const { idle, beside } = this.#kind;
    for (const name in { data: 0, ...idle, ...beside }) this.#withMade(shown, name);
    return Reflect.ownKeys(shown);
  }

  #withMade(shown: V, name: string | symbol): V {
    const { idle, beside } = this.#kind;
    if (name in shown) return shown;
    if (name in beside) shown[name as keyof V] = beside[name as keyof typeof beside](this);
    else if (name === 'data' || name in idle) {
      const field = new Field(this, name as string);
      this.#fields = this.#fields.concat(field);
      const ref = name === 'data' ? selected(field as unknown as Ref<S>, this.#options) : field;
      shown[name as keyof V] = ref as V[keyof V];
    }
    return shown;
  }
}

const NONE: readonly never[] = [];
