import { isolate } from '../lib/isolate';
import { eventOf, Fold, type AnyCollector } from './fold';
import type { Flush } from './frame';

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
  readonly source: ViewSource<M, N> | null;
  isWatching = false;
  #isHolding = false;

  constructor(source: ViewSource<M, N> | null, collector: AnyCollector<M, S>, flush?: Flush) {
    super(collector, flush);
    this.source = source;
  }

  /** Called with every message, in the task in which it came. */
  hear?(message: M): void;

  /** From now on it is told of what happens. */
  watch(): void {
    if (!this.source || this.isWatching) return;
    this.isWatching = true;
    const audience = audienceOf(this.source);
    audience.views = audience.views.concat(this); // replaced, not changed: who comes while it is walked hears from the next event on
    audience.stops ??= listen(this.source, audience);
  }

  unwatch(): void {
    if (!this.source || !this.isWatching) return;
    this.isWatching = false;
    const audience = audienceOf(this.source);
    audience.views = audience.views.filter((other) => other !== this);
    if (audience.views.length) return;
    for (const stop of audience.stops ?? []) stop();
    audience.stops = undefined;
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
  stops: readonly (() => void)[] | undefined;
  holders: number;
  release: (() => void) | undefined;
}

const audiences = /* @__PURE__ */ new WeakMap<object, Audience>();

function audienceOf(source: object): Audience {
  const audience = audiences.get(source) ?? { views: [], stops: undefined, holders: 0, release: undefined };
  audiences.set(source, audience);
  return audience;
}

function listen<M, N>(source: ViewSource<M, N>, audience: Audience): readonly (() => void)[] {
  const each = (what: (view: AnyView, message?: M) => void, message?: M) => {
    for (const view of audience.views) if (view.isWatching) isolate(what, view, message);
  };
  return [
    source.subscribe(() => each(update)),
    source.on(eventOf(source) as never, (message) => {
      each(add, message);
      each(hear, message);
    }), // its events depend on the kind
  ];
}

const update = (view: AnyView) => view.told();
const add = (view: AnyView, message: unknown) => view.add(message);
const hear = (view: AnyView, message: unknown) => view.hear?.(message);
