import type { ParticipantId } from '../adapters/registry';

/** What a process is started to measure, as JSON in its first argument. */
export type NodeOrder = { readonly participant: ParticipantId } &
  /** With stub sockets. */
  (
    | { readonly task: 'send'; readonly count: number }
    | { readonly task: 'queue'; readonly count: number }
    | { readonly task: 'clients'; readonly count: number }
    /** With real ones. */
    | { readonly task: 'open'; readonly url: string; readonly times: number }
    | { readonly task: 'channels'; readonly url: string; readonly count: number }
    | { readonly task: 'herd'; readonly url: string; readonly count: number }
  );

/** All in microseconds, each. */
export interface QueueResult {
  readonly queued: number;
  readonly flushed: number;
  /** Whether all came out, in the order in which they went in. */
  readonly isWhole: boolean;
}

export interface ChannelsResult {
  /** Of each channel, in bytes. */
  readonly heap: number;
  /** Until all were joined, in milliseconds. */
  readonly cpu: number;
}

export interface HerdResult {
  /** When each client was open for the second time, in milliseconds since the epoch. */
  readonly reopened: readonly number[];
}
