import { DISCONNECTS } from '../disconnects';
import { Refusal } from '../refusal';
import type { Answer, Command, CommandOf } from '../wire/wire';
import { history, presence, publish, refreshSubscription, subscribe, unsubscribe } from './channelCommands';
import type { ConnectedClient } from './connectedClient';
import { ttlOf } from './context';

/** A slow answer to an older token must not count after that to a newer one. */
const REFRESHES = Symbol('refreshes');

/**
 * Does what a connected client asks for, and answers. What concerns one channel happens in the order in which it was
 * asked; a hook is awaited before anything is done, so that nothing is ever half done.
 */
export function execute(client: ConnectedClient, command: Command): void {
  switch (command.type) {
    case 'subscribe':
      return client.answer(command, () => subscribe(client, command), command.channel);
    case 'unsubscribe':
      return client.answer(command, () => unsubscribe(client, command), command.channel);
    case 'publish':
      return client.answer(command, () => publish(client, command), command.channel);
    case 'presence':
    case 'presence-stats':
      return client.answer(command, () => presence(client, command), command.channel);
    case 'history':
      return client.answer(command, () => history(client, command), command.channel);
    case 'refresh-subscription':
      return client.answer(command, () => refreshSubscription(client, command), command.channel);
    case 'refresh':
      return client.answer(command, () => refresh(client, command), REFRESHES);
    case 'call':
      return client.answer(command, () => call(client, command));
    case 'invalid':
      return client.answer(command, () => Promise.reject(command.refusal));
    case 'connect': // once is enough
      return client.disconnect(DISCONNECTS.badRequest);
    case 'ping':
    case 'pong':
    case 'ignored': // of the session
  }
}

async function refresh(client: ConnectedClient, { token }: CommandOf<'refresh'>): Promise<Answer | null> {
  const credentials = await client.session.authorize({ token, data: undefined, reason: 'refresh' });
  if (client.isOver) return null;
  if (!credentials || (credentials.user ?? '') !== client.user) {
    client.disconnect(DISCONNECTS.invalidToken);
    return null;
  }
  const ttl = ttlOf(credentials, client.server.clock);
  if (ttl === 0) throw new Refusal('expired');
  client.expireAfter(ttl);
  return { type: 'refresh', ttl };
}

async function call(client: ConnectedClient, { method, data, channel }: CommandOf<'call'>): Promise<Answer> {
  const handler = client.server.rpc.get(method);
  if (!handler) throw new Refusal('method-not-found');
  return { type: 'call', data: await handler({ client: client.view, method, data, channel }) };
}
