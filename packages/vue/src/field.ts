import { shallowRef, type ShallowRef } from 'vue';

/** Who has fields. */
interface Owner {
  now(name: string): unknown;
}

/**
 * A readonly ref to one field of what a component has, smaller than a computed one. Its signal, made when somebody first reads it,
 * is there to be tracked and triggered; the owner has the value, so that all fields change before any of them triggers.
 */
export class Field {
  signal: ShallowRef<unknown> | undefined;
  // No #private fields: before Vue 3.5 who reads a ref through a proxy is the proxy.
  constructor(
    private readonly owner: Owner,
    readonly name: string,
  ) {}

  /** What makes Vue take it for a ref. */
  get __v_isRef(): true {
    return true;
  }

  get __v_isReadonly(): true {
    return true;
  }

  get value(): unknown {
    const { owner, name } = this;
    void (this.signal ??= shallowRef(owner.now(name))).value;
    return owner.now(name);
  }

  set value(_value: unknown) {
    if (process.env.NODE_ENV !== 'production') console.warn(`Tautline: ${this.name} is readonly.`);
  }
}
