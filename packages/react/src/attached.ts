import { View, type ViewSource } from '@tautline/core';
import { createSelection } from './selection';
import type { MessageOptions } from './types';

/** What a component names, by value where it is not the thing itself. */
export interface Named {
  readonly identity: unknown;
}

/** What a component is attached with, as the hook sees it. */
export interface Attachment<R, V> extends Named {
  /** Watches, and asks for the line; returns what lets go. */
  readonly mount: (listener: () => void) => () => void;
  /** Watches only. */
  readonly look: (listener: () => void) => () => void;
  /** Hands in what was rendered last. */
  update(rendered: R): void;
  /** What the hook returns now, or on a server; the same object until something changes that was read from it. */
  show(rendered: R, isInitial?: boolean): V;
}

/**
 * What one component has of what it names: its view of it, and its wish for the line. Opens nothing and starts nothing: a render
 * may be thrown away.
 *
 * What it shows goes through a proxy that notes which fields are read, and stays the same object until one of those changes: what
 * nobody reads makes nobody render. Once read is read for good: a component that reads a value in one render may need it in
 * the next. Handler of that proxy it is itself, since a page may have thousands.
 */
export abstract class Attached<
  M,
  N extends object,
  S,
  T,
  R extends Named & MessageOptions<M, unknown, S, T>,
  V extends { readonly data: T },
>
  extends View<M, N, S>
  implements Attachment<R, V>, ProxyHandler<V>
{
  readonly identity: unknown;
  /** Last, and for sure: not by a render that was thrown away. */
  rendered: R;
  protected isGone = false;
  /** What is shown beside the snapshot and `data`. */
  protected abstract readonly fixed: object;
  /** On a server, and without a source. */
  readonly #idle: N;
  #read: readonly (keyof V)[] = [];
  #shown!: V; // behind the proxy, once there is one
  #proxy: V | undefined;
  #snapshot: N | undefined;
  #select: ReturnType<typeof createSelection<S, T>> | undefined;
  #listener: (() => void) | undefined;

  constructor(source: ViewSource<M, N> | null, rendered: R, idle: N) {
    super(source, rendered);
    this.identity = rendered.identity;
    this.rendered = rendered;
    this.#idle = idle;
  }

  readonly mount = (listener: () => void): (() => void) => {
    this.hold(); // first, since it may throw
    return this.look(listener);
  };

  readonly look = (listener: () => void): (() => void) => {
    this.isGone = false;
    this.#listener = listener;
    this.watch();
    return () => {
      this.unwatch();
      this.#listener = undefined; // a flush may still be due
      this.release();
      this.isGone = true;
    };
  };

  update(rendered: R): void {
    this.rendered = rendered;
  }

  notify(): void {
    this.#listener?.();
  }

  /** Of the proxy: fields that there are not are undefined before and after. */
  get(shown: V, field: string | symbol): unknown {
    const name = field as keyof V;
    if (!this.#read.includes(name)) this.#read = this.#read.concat(name);
    return shown[name];
  }

  show(rendered: R, isInitial?: boolean): V {
    const snapshot = (!isInitial && this.source?.getSnapshot()) || this.#idle;
    const data = this.#part(isInitial ? this.initial : this.collected, rendered);
    const shown = this.#shown;
    if (this.#proxy && snapshot === this.#snapshot && Object.is(shown.data, data)) return this.#proxy;
    this.#snapshot = snapshot;
    const values = { ...snapshot, ...this.fixed, data } as unknown as V; // which is what V is made of
    if (this.#proxy && this.#read.every((field) => Object.is(shown[field], values[field]))) {
      Object.assign(shown, values); // what is not read yet stays fresh, for its first reader
      return this.#proxy;
    }
    return (this.#proxy = new Proxy((this.#shown = values), this));
  }

  #part(state: S, { select, isEqual }: R): T {
    if (!select) return state as unknown as T; // without `select`, the part is the whole
    this.#select ??= createSelection();
    return this.#select(state, select, isEqual);
  }
}
