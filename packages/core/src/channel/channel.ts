import type { StandardSchemaV1 } from '@standard-schema/spec';
import { InvalidOptionError } from '../errors';
import { CHANNEL_DEFAULTS } from '../options';
import { fill } from '../runtime/resolveOptions';
import { hubOf } from './hub';
import type { MachineOptions } from './state';
import { Topic } from './topic';
import type { AnyEvents, Channel, ChannelLine, ChannelOptions } from './types';

/**
 * The channel of this topic and these params on a connection: the same object for as long as anybody has
 * it. Inert until `retain()`. The options of who asked first count; schemas of later ones for other events are added.
 *
 * @throws {TautlineError} with code `no-channels` when the connection has no channel protocol.
 * @throws {InvalidOptionError} for an empty topic.
 */
export function channel<Events extends object = AnyEvents>(
  connection: ChannelLine,
  topic: string,
  options: ChannelOptions<Events> = {},
): Channel<Events> {
  if (typeof topic !== 'string' || !topic) throw new InvalidOptionError('topic', topic, 'a text that is not empty');
  const hub = hubOf(connection);
  const { params } = options;
  const key = keyOf(topic, typeof params === 'function' ? null : (params ?? null));
  const shared = hub.share(key, () => new Topic(hub, { key, topic, params }, optionsOf(options)));
  for (const [event, schema] of Object.entries(options.events ?? {})) {
    shared.schemas ??= new Map();
    if (!shared.schemas.has(event)) shared.schemas.set(event, schema as StandardSchemaV1); // a field of the option
  }
  return shared;
}

/** Equal for equal topics and params, whatever the order of their fields. A topic alone is its own key, unless it looks like another's. */
const keyOf = (topic: string, params: unknown): string =>
  params === null && !topic.startsWith('[')
    ? topic
    : JSON.stringify([topic, params], (_, value: unknown) =>
        Object(value) === value && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value as object).sort()) // an object, as the comparison says
          : value,
      );

function optionsOf({ joinTimeout, rejoin }: Pick<ChannelOptions, 'joinTimeout' | 'rejoin'>): MachineOptions {
  if ((joinTimeout ?? rejoin) === undefined) return CHANNEL_DEFAULTS; // one for all, since there may be thousands
  return fill(CHANNEL_DEFAULTS, { joinTimeout, rejoin }) as unknown as MachineOptions; // types say what may be given, the check sees to the rest
}
