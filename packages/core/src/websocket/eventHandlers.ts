type Handler = (this: EventTarget, event: Event) => unknown;

/** The function an `on…` attribute holds, and what calls it. */
interface Attribute {
  readonly handler: Handler;
  readonly listener: (event: Event) => void;
}

/**
 * Gives a class the attributes `onopen`, `onmessage` and so on. A handler keeps its place among the listeners when
 * another takes its place; what is no function clears it.
 *
 * @see https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes
 */
export function defineEventHandlers(prototype: EventTarget, types: readonly string[]): void {
  for (const type of types) {
    const attributes = new WeakMap<EventTarget, Attribute>();
    Object.defineProperty(prototype, `on${type}`, {
      enumerable: true,
      configurable: true,
      get(this: EventTarget) {
        return attributes.get(this)?.handler ?? null;
      },
      set(this: EventTarget, handler: unknown) {
        const before = attributes.get(this);
        if (typeof handler !== 'function') {
          if (before) this.removeEventListener(type, before.listener);
          attributes.delete(this);
          return;
        }
        const listener = before?.listener ?? ((event: Event) => attributes.get(this)?.handler.call(this, event));
        attributes.set(this, { handler: handler as Handler, listener }); // whoever assigns a function means a handler
        if (!before) this.addEventListener(type, listener);
      },
    });
  }
}
