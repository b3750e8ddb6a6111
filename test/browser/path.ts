import { inject } from 'vitest';
import type { Seen } from '../support/script';
import type { Way } from '../support/tcpProxy';

/** A way to the server that belongs to one test, and what can be done to it. */
export interface TestPath {
  /** Through the proxy. `first`: an order of `test/support/script.ts` that the server obeys right after accepting. */
  url(first?: string): string;
  /** What happens to the connections there are, once this resolves. */
  freeze(way?: Way): Promise<Seen>;
  resume(way?: Way): Promise<Seen>;
  delay(milliseconds: number): Promise<Seen>;
  cut(): Promise<Seen>;
  /** Resets every connection to come, until `accept`. */
  refuse(): Promise<Seen>;
  accept(): Promise<Seen>;
  seen(): Promise<Seen>;
}

export function testPath(): TestPath {
  const id = crypto.randomUUID();
  const ask = async (what: string, query: Record<string, string> = {}): Promise<Seen> => {
    const response = await fetch(`${inject('controlUrl')}/${what}?${new URLSearchParams({ id, ...query })}`);
    return (await response.json()) as Seen; // that is what the control sends
  };
  const way = (only: Way | undefined): Record<string, string> => (only ? { way: only } : {});

  return {
    url: (first) => `${inject('proxiedUrl')}/?${new URLSearchParams({ id, ...(first && { first }) })}`,
    freeze: (only) => ask('freeze', way(only)),
    resume: (only) => ask('resume', way(only)),
    delay: (milliseconds) => ask('delay', { ms: String(milliseconds) }),
    cut: () => ask('cut'),
    refuse: () => ask('refuse'),
    accept: () => ask('accept'),
    seen: () => ask('seen'),
  };
}
