import { DISCONNECTS } from '../disconnects';
import { Refusal } from '../refusal';
import type { Answer, Command, CommandOf } from '../wire/wire';
import { history, presence, publish, refreshSubscription, subscribe, unsubscribe } from './channelCommands';
import type { ConnectedClient } from './connectedClient';
import { ttlOf } from './context';

/**
 * Does what a connected client asks for, and answers. What concerns one channel happens in the order in which it was
 * asked; a hook is awaited before anything is done, so that nothing is ever half done.
 */
export function execute(client: ConnectedClient, command: Command): void {
  switch (command.type) {
    case 'subscribe':
      return inOrder(client, command, () => subscribe(client, command));
    case 'unsubscribe':
      return inOrder(client, command, () => unsubscribe(client, command));
    case 'publish':
      return inOrder(client, command, () => publish(client, command));
    case 'presence':
    case 'presence-stats':
      return inOrder(client, command, () => presence(client, command));
    case 'history':
      return inOrder(client, command, () => history(client, command));
    case 'refresh-subscription':
      return inOrder(client, command, () => refreshSubscription(client, command));
    case 'refresh':
      return void client.answer(command.id, () => refresh(client, command));
    case 'call':
      return void client.answer(command.id, () => call(client, command));
    case 'invalid':
      return void client.answer(command.id, () => Promise.reject(command.refusal));
    case 'connect': // once is enough
      return client.disconnect(DISCONNECTS.badRequest);
    case 'ping':
    case 'pong': // of the session
  }
}

function inOrder(
  client: ConnectedClient,
  { id, channel }: { readonly id: number; readonly channel: string },
  task: () => Promise<Answer | null>,
): void {
  client.lanes.run(channel, () => client.answer(id, async () => (client.isOver ? null : task())));
}

async function refresh(client: ConnectedClient, { token }: CommandOf<'refresh'>): Promise<Answer | null> {
  const credentials = await client.session.authorize({ token, data: undefined, reason: 'refresh' });
  if (client.isOver) return null;
  if (!credentials || (credentials.user ?? '') !== client.user) {
    client.disconnect(DISCONNECTS.invalidToken);
    return null;
  }
  const ttl = ttlOf(credentials, client.server.clock);
  if (ttl !== undefined && ttl <= 0) throw new Refusal('expired');
  client.expireAfter(ttl);
  return { type: 'refresh', ttl };
}

async function call(client: ConnectedClient, { method, data, channel }: CommandOf<'call'>): Promise<Answer> {
  const handler = client.server.rpc.get(method);
  if (!handler) throw new Refusal('method-not-found');
  return { type: 'call', data: await handler({ client: client.view, method, data, channel }) };
}
