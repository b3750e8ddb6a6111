import type { StandardSchemaV1 } from '@standard-schema/spec';
import { InvalidOptionError } from '../errors';
import { Emitter } from '../lib/emitter';
import { createRetention } from '../lib/retention';
import { sameOrNext } from '../machine/snapshot';
import { RECONNECT_DEFAULTS, REJOIN_INITIAL_DELAY } from '../options';
import { checkInDevelopment } from '../runtime/checkOptions';
import { fill } from '../runtime/resolveOptions';
import { validate } from '../wire/schema';
import { hubOf } from './hub';
import { createMember } from './member';
import type { Hub } from './parts';
import { channelSnapshotOf, IDLE_CHANNEL_SNAPSHOT } from './snapshot';
import { isAtRest, type MachineOptions } from './state';
import type { AnyChannel, AnyEvents, Channel, ChannelLine, ChannelOptions } from './types';

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
  const key = keyOf([topic, typeof params === 'function' ? null : params]);
  const shared = hub.share(key, () => createChannel(hub, topic, options));
  const schemas = schemasOf.get(shared);
  for (const [event, schema] of Object.entries(options.events ?? {})) {
    if (!schemas?.has(event)) schemas?.set(event, schema as StandardSchemaV1); // a field of the option
  }
  return shared;
}

/** The schemas of all who asked, by event: who has one gets what it makes, whoever asked first. */
const schemasOf = /* @__PURE__ */ new WeakMap<AnyChannel, Map<string, StandardSchemaV1>>();

/** Equal for equal topics and params, whatever the order of their fields. */
const keyOf = (identity: unknown): string =>
  JSON.stringify(identity, (_, value: unknown) =>
    Object(value) === value && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value as object).sort()) // an object, as the comparison says
      : value,
  );

/** In milliseconds. */
const DEFAULTS = {
  joinTimeout: 10_000,
  rejoin: { ...RECONNECT_DEFAULTS, initialDelay: REJOIN_INITIAL_DELAY },
};

function createChannel<Events extends object>(
  hub: Hub,
  topic: string,
  { params, joinTimeout, rejoin }: ChannelOptions<Events>,
): Channel<Events> {
  const { line, port } = hub;
  checkInDevelopment({ joinTimeout, rejoin }, DEFAULTS);
  const events = new Emitter<string | null, unknown>(); // `null` is a change of the snapshot
  const schemas = new Map<string, StandardSchemaV1>(); // names from the wire look them up
  let snapshot = IDLE_CHANNEL_SNAPSHOT;
  let releaseLine: (() => void) | undefined;

  const letGo = () => {
    if (!isAtRest(member.state) || retention.count) return;
    releaseLine?.();
    releaseLine = undefined;
  };
  const retention = createRetention(
    port.clock,
    () => {
      releaseLine ??= line.retain();
    },
    () => {
      member.dispatch({ type: 'leave' });
      letGo();
    },
  );

  const member = createMember(hub, {
    topic: port.protocol.wireTopic?.(topic, params) ?? topic,
    params,
    options: fill(DEFAULTS, { joinTimeout, rejoin }) as unknown as MachineOptions, // types say what may be given, the check sees to the rest
    isRetained: () => !!retention.count,
    heard({ event, payload }) {
      let checked = payload;
      try {
        const schema = schemas.get(event);
        if (schema) checked = validate(schema, payload);
      } catch (error) {
        port.refuse(payload, error);
        return events.emit('invalid', { event, payload, error });
      }
      if (event !== '*' && event !== 'invalid') events.emit(event, checked);
      events.emit('*', { event, payload: checked });
    },
    changed() {
      const next = sameOrNext(snapshot, channelSnapshotOf(member.state, member.presence.members));
      const isSame = next === snapshot;
      snapshot = next;
      if (!isSame) events.emit(null, undefined);
      letGo();
    },
  });

  /** Who listens must find this very channel again, and so must who asks for its topic. */
  const listen = (event: string | null, listener: (detail: never) => void) => {
    const stop = events.on(event, listener as (detail: unknown) => void); // its kind goes with the event
    hub.listened.add(self);
    return () => {
      stop();
      if (!events.size) hub.listened.delete(self);
    };
  };

  const self: AnyChannel = {
    topic,
    get presence() {
      return snapshot.presence;
    },
    getSnapshot: () => snapshot,
    subscribe: (listener) => listen(null, listener),
    on: listen,
    send: member.send,
    leave: member.leave,
    retain() {
      const release = retention.retain();
      member.dispatch({ type: 'join' });
      return release;
    },
  };
  schemasOf.set(self, schemas);
  return self;
}
