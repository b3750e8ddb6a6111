import type { Dialect } from '../adapters/adapter';
import type { ServerSettings } from './dialects';

/** What the process is started with, as JSON in its first argument. */
export interface ServerOrder extends ServerSettings {
  readonly dialect: Dialect;
  /** Whether connections can be refused, cut and frozen; what is measured by the microsecond goes without that. @default false */
  readonly isFragile?: boolean;
}

/** What the one who measures asks the server for. Each is answered once it is done. */
export type LoadOrder =
  /** Numbered messages to the room, as fast as they can be handed over. */
  | { readonly type: 'burst'; readonly count: number }
  /** New values for topics in turn. Resolves with the last value of each topic. */
  | { readonly type: 'stream'; readonly topics: number; readonly perSecond: number; readonly count: number }
  /** Cuts all connections and refuses new ones. */
  | { readonly type: 'refuse' }
  /** Takes connections again. */
  | { readonly type: 'accept' }
  /** When each connection came since the last `accept`, in milliseconds after it. */
  | { readonly type: 'arrivals' }
  /** Lets nothing through on the connections there are, and keeps them. */
  | { readonly type: 'freeze' };

/** The first thing the process says. */
export interface ServerAddress {
  readonly url: string;
}

export const topicsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `topic-${index}`);
