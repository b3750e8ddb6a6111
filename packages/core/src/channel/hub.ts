import { ConnectionClosedError, TautlineError } from '../errors';
import type { ChannelPort } from '../session';
import { NO_CLOSE_FRAME } from '../wire/closeCodes';
import { createAlarm } from './alarm';
import { hubs } from './hubs';
import type { Hub, Present } from './parts';
import type { ChannelLine } from './types';

/** @throws {TautlineError} with code `no-channels` when the connection has no channel protocol. */
export function hubOf(line: ChannelLine): Hub {
  const port = line.channels;
  if (!port) {
    throw new TautlineError(
      'no-channels',
      'The connection has no `channels`: envelope(), phoenix(), centrifugo() or pusher().', // the names also in production
    );
  }
  const hub = hubs.get(port) ?? createHub(line, port);
  hubs.set(port, hub);
  return hub;
}

/** How many channels that nobody has any more may be kept. */
const SPARE = 100;

function createHub(line: ChannelLine, port: ChannelPort): Hub {
  const holders: Hub['holders'] = new Map();
  const askers: Hub['askers'] = new Map();
  const channels: Hub['channels'] = new Map();
  let sweepAt = SPARE;
  /** How many hold the line through the hub, which retains it once. */
  let users = 0;
  let releaseLine: (() => void) | undefined;

  const tellAll = (tell: (who: Present) => void) => {
    for (const one of channels.values()) {
      const channel = one.deref();
      if (channel) tell(channel);
    }
    if (hub.calls) tell(hub.calls);
  };
  line.on('connected', () => tellAll((who) => who.flush()));
  line.on('disconnected', ({ close }) => {
    const error = new ConnectionClosedError(close?.code ?? NO_CLOSE_FRAME, close?.reason);
    tellAll((who) => who.lose(error));
    askers.clear();
  });
  port.onFact((fact) => {
    if ('topic' in fact) holders.get(fact.topic)?.hear(fact);
    else askers.get(fact.ref)?.answer(fact);
  });

  const hub: Hub = {
    port,
    askers,
    holders,
    channels,
    share(key, make) {
      const known = channels.get(key)?.deref();
      if (known) return known;
      if (channels.size >= sweepAt) {
        for (const [other, one] of channels) {
          const channel = one.deref();
          if (!channel) channels.delete(other);
          else if (!channel.isNeeded) channels.set(other, new WeakRef(channel));
        }
        sweepAt = 2 * channels.size + SPARE;
      }
      const made = make();
      channels.set(key, made);
      return made;
    },
    calls: undefined,
    gone: null,
    lastRef: 0,
    alarm: createAlarm(port.clock),
    holdLine() {
      if (hub.gone) throw hub.gone;
      if (!users++) releaseLine = line.retain();
    },
    freeLine() {
      if (!--users) releaseLine?.();
    },
  };
  port.onDispose(() => {
    const error = (hub.gone = new TautlineError('disposed', 'The connection was disposed.'));
    tellAll((who) => who.abandon(error));
  });
  return hub;
}
