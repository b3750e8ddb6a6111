import { TautlineError } from '../errors';
import { hubOf } from './hub';
import { createOutbox } from './outbox';
import type { Hub, Outbox } from './parts';
import type { ChannelLine, PushOptions } from './types';

/**
 * Sends a command that belongs to no channel, in the words of the connection's protocol, and resolves with the
 * answer. Waits for the line, as an event waits for its channel, and rejects for the same reasons.
 */
export async function call(connection: ChannelLine, command: unknown, options?: PushOptions): Promise<unknown> {
  const hub = hubOf(connection);
  const { protocol } = hub.port;
  const ask = (hub.calls ??= createCalls(hub));
  return ask((ref) => {
    const { session } = hub.port;
    if (session?.call) return session.call({ ref, command });
    throw new TautlineError('no-channels', `The protocol ${protocol.name} has no calls.`);
  }, options);
}

/** The calls of a connection: one outbox, which needs the line while anything in it is not settled. */
function createCalls(hub: Hub): Outbox['ask'] {
  const outbox = createOutbox(hub, () => !!hub.port.session);
  let open = 0;
  return async (transmit, options) => {
    open++;
    hub.enter(outbox);
    try {
      return await outbox.ask(transmit, options);
    } finally {
      if (!--open) hub.exit(outbox);
    }
  };
}
