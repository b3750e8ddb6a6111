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
  const attributes = new WeakMap<EventTarget, Map<string, Attribute>>();
  for (const type of types) {
    Object.defineProperty(prototype, `on${type}`, {
      enumerable: true,
      configurable: true,
      get(this: EventTarget) {
        return attributes.get(this)?.get(type)?.handler ?? null;
      },
      set(this: EventTarget, handler: unknown) {
        const own = attributes.get(this) ?? new Map<string, Attribute>();
        attributes.set(this, own);
        const before = own.get(type);
        if (typeof handler !== 'function') {
          if (before) this.removeEventListener(type, before.listener);
          own.delete(type);
          return;
        }
        const listener = before?.listener ?? ((event: Event) => own.get(type)?.handler.call(this, event));
        own.set(type, { handler: handler as Handler, listener }); // whoever assigns a function means a handler
        if (!before) this.addEventListener(type, listener);
      },
    });
  }
}
