import type { ChannelSettings } from './hub/channel';
import { fill } from './lib/fill';
import type { ChannelOptions } from './options';

/** The options of a channel, with what was left out filled in. */
export interface ChannelRules extends ChannelSettings {
  readonly authorize: NonNullable<ChannelOptions['authorize']>;
  readonly publish: NonNullable<ChannelOptions['publish']>;
  readonly events: ReadonlyMap<string, NonNullable<ChannelOptions['events']>[string]>;
}

const DEFAULT_HISTORY = { size: 100, maxBytes: 1_048_576, age: 300_000 };

/**
 * Finds the rules for a name: those under the name itself, else under the longest prefix.
 *
 * @throws {RangeError} a history that keeps nothing
 */
export function channelRules(
  given: Readonly<Record<string, ChannelOptions>> = { '*': {} },
): (name: string) => ChannelRules | undefined {
  const exact = new Map<string, ChannelRules>();
  const prefixes: [string, ChannelRules][] = [];
  for (const [pattern, options] of Object.entries(given)) {
    if (pattern.endsWith('*')) prefixes.push([pattern.slice(0, -1), rulesOf(pattern, options)]);
    else exact.set(pattern, rulesOf(pattern, options));
  }
  prefixes.sort(([one], [other]) => other.length - one.length);
  return (name) => exact.get(name) ?? prefixes.find(([prefix]) => name.startsWith(prefix))?.[1];
}

function rulesOf(pattern: string, options: ChannelOptions): ChannelRules {
  const { history = {}, presence = false, publish = false, authorize = () => true, events = {} } = options;
  const kept = history && fill(DEFAULT_HISTORY, history);
  if (kept && !(kept.size >= 1 && kept.maxBytes > 0 && kept.age > 0)) {
    throw new RangeError(`The history of \`${pattern}\` keeps nothing; write \`history: false\` if that is meant.`);
  }
  return { history: kept || null, presence, publish, authorize, events: new Map(Object.entries(events)) };
}
