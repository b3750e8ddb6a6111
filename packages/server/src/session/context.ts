import type { ChannelRules } from '../channelRules';
import type { Hub } from '../hub/hub';
import type { Clock } from '../lib/clock';
import type { Limits } from '../limits';
import type { ChannelServerOptions } from '../options';
import { Refusal } from '../refusal';
import type { Wire } from '../wire/wire';
import type { Roster } from './roster';

/** What all sessions of a server share. */
export interface ServerContext {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly hub: Hub;
  readonly roster: Roster;
  readonly rulesOf: (channel: string) => ChannelRules | undefined;
  readonly authorize: NonNullable<ChannelServerOptions['authorize']>;
  readonly rpc: ReadonlyMap<string, NonNullable<ChannelServerOptions['rpc']>[string]>;
  /** Told of bugs in hooks. */
  readonly report: (error: unknown) => void;
}

/** What the client is told of whatever a hook threw. */
export function refusalOf(thrown: unknown, { report }: Pick<ServerContext, 'report'>): Refusal {
  if (thrown instanceof Refusal) return thrown;
  report(thrown);
  return new Refusal('internal');
}

/** What the client is told of it, on the wire. */
export function refusedFrame(
  thrown: unknown,
  id: number,
  { wire, server }: { wire: Wire; server: ServerContext },
): string {
  try {
    return wire.refused(id, refusalOf(thrown, server));
  } catch (unwritable) {
    return wire.refused(id, refusalOf(unwritable, server)); // `data` that has no JSON
  }
}

/** How long something still holds, in milliseconds: 0 when it does not any more, `undefined` when it does for ever. */
export function ttlOf(
  { expiresAt = Infinity }: { readonly expiresAt?: number | undefined },
  clock: Clock,
): number | undefined {
  if (expiresAt === Infinity) return undefined;
  const ttl = expiresAt - clock.now();
  return ttl > 0 ? ttl : 0; // NaN is the time of a date that is none
}
