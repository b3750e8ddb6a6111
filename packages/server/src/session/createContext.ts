import { channelRules } from '../channelRules';
import { Hub } from '../hub/hub';
import type { Clock } from '../lib/clock';
import { limitsOf } from '../limits';
import type { ChannelServerOptions } from '../options';
import type { ServerContext } from './context';
import { Roster } from './roster';

type Options = Pick<ChannelServerOptions, 'authorize' | 'channels' | 'limits' | 'onError' | 'rpc'>;

/** @throws {RangeError} for a limit or a history that cannot be */
export function createContext(options: Options, clock: Clock): ServerContext {
  const rulesOf = channelRules(options.channels);
  const limits = limitsOf(options.limits);
  return {
    clock,
    limits,
    hub: new Hub(clock, rulesOf, limits),
    roster: new Roster(),
    rulesOf,
    authorize: options.authorize ?? (() => ({})),
    rpc: new Map(Object.entries(options.rpc ?? {})),
    report: reporter(options.onError),
  };
}

/** Reports happen where nobody could catch anything, so that what `onError` itself throws must end here. */
function reporter(onError: ChannelServerOptions['onError'] = printBug): ServerContext['report'] {
  const report = async (error: unknown): Promise<void> => {
    try {
      await onError(error);
    } catch (bug) {
      console.error('Tautline: `onError` threw.', bug, error);
    }
  };
  return (error) => void report(error);
}

const printBug = (error: unknown): void => console.error('Tautline: a hook threw.', error);
