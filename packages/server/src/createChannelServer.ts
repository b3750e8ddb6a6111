import { channelRules } from './channelRules';
import { ChannelServer } from './channelServer';
import { Hub } from './hub/hub';
import { systemClock } from './lib/clock';
import { limitsOf } from './limits';
import type { ChannelServerOptions } from './options';
import { Roster } from './session/roster';

/**
 * Makes a channel server, on an HTTP server that there is or on one of its own.
 *
 * @throws {TypeError} without `server` and `port`, or with both
 * @throws {RangeError} for a limit or a history that cannot be
 */
export function createChannelServer(options: ChannelServerOptions): ChannelServer {
  const rulesOf = channelRules(options.channels);
  const context = {
    clock: systemClock,
    limits: limitsOf(options.limits),
    hub: new Hub(systemClock, rulesOf),
    roster: new Roster(),
    rulesOf,
    authorize: options.authorize ?? (() => ({})),
    rpc: new Map(Object.entries(options.rpc ?? {})),
    report: options.onError ?? ((error: unknown) => console.error('Tautline: a hook threw.', error)),
  };
  return new ChannelServer(context, options);
}
