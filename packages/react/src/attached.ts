import { latest, View, type ViewSource } from '@tautline/core';
import type { MessageOptions } from './types';

/** What a component is attached with, as the hook sees it. */
export interface Attachment<R, V> {
  readonly identity: unknown;
  /** Watches, and asks for the line; returns what lets go. */
  readonly mount: (listener: () => void) => () => void;
  /** Watches only. */
  readonly look: (listener: () => void) => () => void;
  /** Hands in what was rendered last. */
  update(rendered: R): void;
  /** What the hook returns now, or on a server; the same object until something changes that was read from it. */
  show(rendered: R, isInitial?: boolean): V;
}

/** What is shown beside `data`. */
interface Shown<N> {
  /** On a server, and without a source. */
  readonly idle: N;
  /** The same for as long as the component is attached. */
  readonly fixed: object;
}

/**
 * What one component has of what it names: its view of it, and its wish for the line. Opens nothing and starts nothing: a render
 * may be thrown away.
 *
 * What it shows goes through a proxy that notes which fields are read, and stays the same object until one of those changes: what
 * nobody reads makes nobody render. Once read is read for good: a component that reads a value in one render may need it in
 * the next. Handler of that proxy it is itself, since a page may have thousands.
 */
export class Attached<
  M,
  N extends object,
  S,
  T,
  R extends MessageOptions<M, unknown, S, T>,
  V extends { readonly data: T },
>
  extends View<M, N, S>
  implements Attachment<R, V>, ProxyHandler<V>
{
  readonly identity: unknown;
  /** Last, and for sure: not by a render that was thrown away. */
  rendered: R;
  protected isUnmounted = false;
  readonly #beside: Shown<N>;
  #read: readonly (keyof V)[] = [];
  #shown: V | undefined;
  #proxy: V | undefined;
  #snapshot: N | undefined;
  /** What `select` was given last, which function it was, and what it made of it. */
  #state: S | undefined;
  #select: unknown;
  #part: T | undefined;
  #listener: (() => void) | undefined;

  constructor(source: ViewSource<M, N> | null, [identity, rendered]: readonly [unknown, R], beside: Shown<N>) {
    const { collect = LATEST as NonNullable<typeof rendered.collect>, flush } = rendered; // S is this collector's state when none is given
    super(source, collect, flush);
    this.identity = identity;
    this.rendered = rendered;
    this.#beside = beside;
  }

  readonly mount = (listener: () => void): (() => void) => {
    this.hold(); // first, since it may throw
    return this.look(listener);
  };

  readonly look = (listener: () => void): (() => void) => {
    this.isUnmounted = false;
    this.#listener = listener;
    this.watch();
    return () => {
      this.unwatch();
      this.#listener = undefined; // a flush may still be due
      this.release();
      this.isUnmounted = true;
    };
  };

  update(rendered: R): void {
    this.rendered = rendered;
  }

  told(): void {
    this.#listener?.();
  }

  /** Of the proxy: fields that there are not are undefined before and after. */
  get(shown: V, field: string | symbol): unknown {
    const name = field as keyof V;
    if (!this.#read.includes(name)) this.#read = this.#read.concat(name);
    return shown[name];
  }

  show(rendered: R, isInitial?: boolean): V {
    const { idle, fixed } = this.#beside;
    const snapshot = (!isInitial && this.source?.getSnapshot()) || idle;
    const data = this.#pick(isInitial ? this.initial : this.collected, rendered);
    const shown = this.#shown;
    if (shown && this.#proxy && snapshot === this.#snapshot && Object.is(shown.data, data)) return this.#proxy;
    this.#snapshot = snapshot;
    const values = { ...snapshot, ...fixed, data } as unknown as V; // which is what V is made of
    if (shown && this.#proxy && this.#read.every((field) => Object.is(shown[field], values[field]))) {
      Object.assign(shown, values); // what is not read yet stays fresh, for its first reader
      return this.#proxy;
    }
    this.#shown = values;
    return (this.#proxy = new Proxy(values, this));
  }

  /** The same state and function give the same part, as `useSyncExternalStore` demands; so does an equal one, even from a function written inline. */
  #pick(state: S, { select, isEqual }: R): T {
    if (!select) return state as unknown as T; // without `select`, the part is the whole
    if (this.#select !== select || !Object.is(this.#state, state)) {
      const after = select(state);
      if (!this.#select || !isEqual?.(this.#part as T, after)) this.#part = after; // there is one once there was a function
      this.#select = select;
      this.#state = state;
    }
    return this.#part as T; // just made
  }
}

const LATEST = /* @__PURE__ */ latest();
