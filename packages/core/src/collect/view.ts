import { isolate } from '../lib/isolate';
import { eventOf, Fold, type FoldOptions } from './fold';

/** What can be looked at: a connection or a channel. */
export interface ViewSource<M, N> {
  readonly topic?: string;
  getSnapshot(): N;
  subscribe(listener: () => void): () => void;
  on(event: never, listener: (message: M) => void): () => void;
  retain(): () => void;
}

/**
 * What one component sees of a connection or a channel: its snapshot, and what it collects of the messages.
 * Made for adapters. All views of a source share one listener to each of its events, and one hold on it: each costs,
 * and a page may have thousands of components.
 */
export abstract class View<M, N, S> extends Fold<M, S> {
  source: ViewSource<M, N> | null;
  isWatching = false;
  #isHolding = false;

  constructor(source: ViewSource<M, N> | null, options: FoldOptions<M, S>) {
    super(options);
    this.source = source;
  }

  /** Called with every message, in the task in which it came. */
  onMessage?(message: M): void;

  /** From now on it is notified of what happens. */
  watch(): void {
    if (!this.source || this.isWatching) return;
    this.isWatching = true;
    const audience = audienceOf(this.source);
    audience.views = audience.views.concat(this); // replaced, not changed: who comes while it is walked hears from the next event on
    audience.stop ??= listen(this.source, audience);
  }

  unwatch(): void {
    if (!this.source || !this.isWatching) return;
    this.isWatching = false;
    const audience = audienceOf(this.source);
    audience.views = audience.views.filter((other) => other !== this);
    if (audience.views.length) return;
    audience.stop?.();
    audience.stop = undefined;
  }

  /** Asks for the line. Throws once it is disposed. */
  hold(): void {
    if (!this.source || this.#isHolding) return;
    const audience = audienceOf(this.source);
    const release = this.source.retain(); // each time, since a connection that is disposed throws
    this.#isHolding = true;
    if (audience.holders++) release();
    else audience.release = release;
  }

  release(): void {
    if (!this.source || !this.#isHolding) return;
    this.#isHolding = false;
    const audience = audienceOf(this.source);
    if (!--audience.holders) audience.release?.();
  }
}

type AnyView = View<any, unknown, unknown>; // eslint-disable-line @typescript-eslint/no-explicit-any -- its source says what it hears

/** Who looks at one source. */
interface Audience {
  views: readonly AnyView[];
  stop?: (() => void) | undefined;
  holders: number;
  release?: () => void;
}

const audiences = /* @__PURE__ */ new WeakMap<object, Audience>();

function audienceOf(source: object): Audience {
  const audience = audiences.get(source) ?? { views: [], holders: 0 };
  audiences.set(source, audience);
  return audience;
}

function listen<M, N>(source: ViewSource<M, N>, audience: Audience): () => void {
  const each = (what: (view: AnyView, message?: M) => void, message?: M) => {
    for (const view of audience.views) if (view.isWatching) isolate(what, view, message);
  };
  const unsubscribe = source.subscribe(() => each(update));
  // Its events depend on the kind.
  const stopHearing = source.on(eventOf(source) as never, (message) => {
    each(add, message);
    each(handOver, message);
  });
  return () => {
    unsubscribe();
    stopHearing();
  };
}

const update = (view: AnyView) => view.notify();
const add = (view: AnyView, message: unknown) => view.add(message);
const handOver = (view: AnyView, message: unknown) => view.onMessage?.(message);
