/** What the examples in the docs take for granted. */

declare function fetchToken(options?: { signal?: AbortSignal }): Promise<string>;
declare function show(...what: unknown[]): void;

declare module '*.vue' {
  import type { Component } from 'vue';
  const component: Component;
  export default component;
}
