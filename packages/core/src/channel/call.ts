import { TautlineError } from '../errors';
import { hubOf } from './hub';
import { createOutbox } from './outbox';
import type { ChannelLine, PushOptions } from './types';

/**
 * Sends a command that belongs to no channel, in the words of the connection's protocol, and resolves with the
 * answer. Waits for the line, as an event waits for its channel, and rejects for the same reasons.
 */
export async function call(connection: ChannelLine, command: unknown, options?: PushOptions): Promise<unknown> {
  const hub = hubOf(connection);
  const { protocol } = hub.port;
  hub.calls ??= createOutbox(hub, () => !!hub.port.session);
  return hub.calls.ask((ref) => {
    const { session } = hub.port;
    if (session?.call) return session.call({ ref, command });
    throw new TautlineError('no-channels', `The protocol ${protocol.name} has no calls.`);
  }, options);
}
