import { QueueFullError, TautlineError } from '../errors';
import { hubOf } from './hub';
import { createOutbox } from './outbox';
import type { ChannelLine, PushOptions } from './types';

/**
 * Sends a command that belongs to no channel, in the words of the connection's protocol, and resolves with the
 * answer. Waits for the line, as an event waits for its channel, and rejects for the same reasons.
 */
export async function call(connection: ChannelLine, command: unknown, options?: PushOptions): Promise<unknown> {
  const hub = hubOf(connection);
  const { port } = hub;
  if (!port.session && hub.calls.size >= port.maxPending) throw new QueueFullError();
  const { ask, flush, lose, abandon } = createOutbox(hub, () => !!port.session);
  const caller = { lineFreed: flush, lineLost: lose, lineGone: abandon };
  hub.enter(caller);
  hub.calls.add(caller);
  try {
    return await ask((ref) => {
      if (port.session?.call) return port.session.call({ ref, command });
      throw new TautlineError('no-channels', `The protocol ${port.protocol.name} has no calls.`);
    }, options);
  } finally {
    hub.exit(caller);
    hub.calls.delete(caller);
  }
}
