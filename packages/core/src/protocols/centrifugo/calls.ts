import { call } from '../../channel/call';
import type { ChannelLine, PushOptions } from '../../channel/types';
import type { CentrifugoCall } from './session';
import type { Method, Publication, Results, StreamPosition } from './wire';

export interface HistoryOptions extends PushOptions {
  /** How many publications at most; -1: as many as the server gives. @default 0: only where the channel stands */
  limit?: number | undefined;
  /** Only what came after this position; with `reverse`, before. @default from the beginning */
  since?: StreamPosition | undefined;
  /** Newest first. @default false */
  reverse?: boolean | undefined;
}

/** Part of a channel's history, and where the channel stands now. */
export interface History extends StreamPosition {
  readonly publications: readonly Publication[];
}

/**
 * Calls a method of the backend. Calls wait for the line, as events wait for their channel, and reject for the
 * same reasons: `ChannelError` when the server refused, with its `{ code, message, temporary }` as `reason`.
 */
export async function rpc(
  connection: ChannelLine,
  method: string,
  data?: unknown,
  options?: PushOptions,
): Promise<unknown> {
  return (await ask(connection, { method: 'rpc', body: { method, data } }, options)).data;
}

/** What was published in a channel, if the server lets us know. */
export async function history(
  connection: ChannelLine,
  channel: string,
  { limit, since, reverse, ...options }: HistoryOptions = {},
): Promise<History> {
  const body = { channel, limit, reverse, since };
  const { publications = [], offset = 0, epoch = '' } = await ask(connection, { method: 'history', body }, options);
  return { publications, offset, epoch };
}

/** How many users are in a channel, on how many connections. */
export async function presenceStats(
  connection: ChannelLine,
  channel: string,
  options?: PushOptions,
): Promise<{ readonly users: number; readonly clients: number }> {
  const result = await ask(connection, { method: 'presence_stats', body: { channel } }, options);
  return { users: result.num_users ?? 0, clients: result.num_clients ?? 0 };
}

const ask = <M extends Method>(
  connection: ChannelLine,
  command: CentrifugoCall & { readonly method: M },
  options?: PushOptions,
) => call(connection, command, options) as Promise<Partial<Results[M]>>; // the server answers what it was asked
