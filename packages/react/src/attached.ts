import { View, type ViewSource } from '@tautline/core';
import { createSelection } from './selection';
import type { MessageOptions } from './types';

/** What a component names, by value where it is not the thing itself. */
export interface Named {
  readonly identity: unknown;
  /** Whether that is all: it hands in nothing that may be another in its next render. */
  readonly isPlain: boolean;
}

export type Subscribe = (listener: () => void) => () => void;

/** What a component is attached with, as the hook sees it. */
export interface Attachment<R, V> {
  readonly identity: unknown;
  /** What was rendered last, and for sure: not by a render that was thrown away. Only of who hands it in, settled by the first render. */
  readonly rendered?: R;
  /** Watches, and asks for the line; returns what lets go. */
  readonly mount: Subscribe;
  /** Watches only. */
  readonly look: Subscribe;
  /** What the hook returns; the same object until something changes that was read from it. */
  readonly shown: V;
  /** Sees to it that `shown` is what there is now, or on a server. Returns a number that changes with it, for React to keep. */
  show(rendered?: R, isInitial?: boolean): number;
  /** The same function for each render of who is plain. */
  readonly showAll: () => number;
  /** Hands in what was rendered last. */
  update(rendered: R): void;
}

/** Where a component keeps what it is attached with. */
export interface Kept<R, V> {
  current: Attachment<R, V> | null;
}

/** What was shown at one moment. */
interface Moment<N, T> {
  snapshot: N;
  data: T;
}

/** Of all components, so that an attachment never has the number of the one before it. */
let versions = 0;

/**
 * What one component has of what it names: its view of it, and its wish for the line. Opens nothing and starts nothing: a render
 * may be thrown away.
 *
 * What it shows goes through a proxy that notes which fields are read, and stays the same object until one of those changes: what
 * nobody reads makes nobody render. Once read is read for good: a component that reads a value in one render may need it in
 * the next. Since a page may have thousands, it is the handler of that proxy itself, and its functions are bound: a closure is
 * twice that.
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
  implements Attachment<R, V>, ProxyHandler<Moment<N, T>>
{
  readonly identity: unknown;
  readonly mount = this.hear.bind(this);
  readonly showAll = this.show.bind(this);
  shown!: V; // as soon as somebody looks
  /** The snapshot on a server, and without a source. */
  protected abstract readonly idle: N;
  /** What may change: the fields of the snapshot, and `data`. */
  protected abstract readonly fields: readonly (string | symbol)[];
  /** What is shown beside those. */
  protected abstract readonly beside: object;
  protected listener: (() => void) | null | undefined; // null once it has gone
  #read = 0; // a bit for each field
  #moment: Moment<N, T> | undefined;
  #version = 0;

  // Declared, and not there until they are needed: most never are.
  declare rendered?: R;
  declare protected late?: R | undefined;
  declare protected kept?: Kept<R, V>;
  declare protected looking?: Subscribe;
  declare protected selection?: ReturnType<typeof createSelection<S, T>>;

  constructor(source: ViewSource<M, N> | null, rendered: R, kept: Kept<R, V>) {
    super(source, rendered);
    const { current } = kept;
    this.identity = rendered.identity;
    if (current) this.kept = kept;
    if (current ? current.rendered : !rendered.isPlain) this.rendered = rendered;
  }

  /** What was rendered last, also by who was plain at first and so has no effect that hands it in. */
  protected get latest(): R | undefined {
    if (this.late) this.notify(); // for which React calls `show` as the render did that counts
    return this.rendered ?? this.late;
  }

  update(rendered: R): void {
    this.rendered = rendered;
  }

  get look(): Subscribe {
    return (this.looking ??= this.watchFor.bind(this));
  }

  protected hear(listener?: () => void): () => void {
    if (listener) this.hold(); // first, since it may throw
    return this.watchFor(listener);
  }

  /** Without a listener, lets go. */
  protected watchFor(listener?: () => void): () => void {
    this.listener = listener ?? null; // also for a flush that is still due
    if (listener) {
      if (this.kept) this.kept.current = this; // not while rendering, which may be thrown away
      this.watch();
    } else {
      this.unwatch();
      this.release();
    }
    return this.mount;
  }

  notify(): void {
    this.listener?.();
  }

  show(rendered?: R, isInitial?: boolean): number {
    if (!this.rendered && (rendered || this.late)) this.late = rendered;
    const { select, isEqual } = rendered ?? {};
    const state = this.collected; // the initial one until it is mounted
    const before = this.#moment;
    const now = {
      snapshot: (!isInitial && this.source?.getSnapshot()) || this.idle,
      data: select ? (this.selection ??= createSelection())(state, select, isEqual) : (state as unknown as T), // then the part is the whole
    };
    const isSame = (field: string | symbol, bit: number) =>
      !((this.#read >> bit) & 1) || Object.is(valueAt(before!, field), valueAt(now, field));
    if (before && this.fields.every(isSame)) {
      Object.assign(before, now); // what is not read yet stays fresh, for its first reader
    } else {
      this.shown = new Proxy((this.#moment = now), this) as unknown as V; // as which it is seen
      this.#version = ++versions;
    }
    return this.#version;
  }

  /** Of the proxy, as those below. */
  get(moment: Moment<N, T>, name: string | symbol): unknown {
    const bit = this.fields.indexOf(name);
    if (bit < 0) return this.beside[name as never]; // undefined for what there is not
    this.#read |= 1 << bit;
    return valueAt(moment, name);
  }

  ownKeys(): (string | symbol)[] {
    return [...this.fields, ...Object.keys(this.beside)];
  }

  has(_moment: Moment<N, T>, name: string | symbol): boolean {
    return this.ownKeys().includes(name);
  }

  getOwnPropertyDescriptor(moment: Moment<N, T>, name: string | symbol): PropertyDescriptor | undefined {
    return this.has(moment, name) ? { value: this.get(moment, name), enumerable: true, configurable: true } : undefined;
  }
}

const valueAt = <N, T>({ snapshot, data }: Moment<N, T>, field: string | symbol): unknown =>
  field === 'data' ? data : snapshot[field as keyof N];

/** What may change of what is shown. */
export const fieldsOf = (idle: object): readonly string[] => Object.keys({ ...idle, data: 0 });
