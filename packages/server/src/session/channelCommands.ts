import type { ChannelRules } from '../channelRules';
import type { Permission, SubscribeRequest } from '../hooks';
import { Refusal } from '../refusal';
import type { Answer, CommandOf } from '../wire/wire';
import type { ConnectedClient } from './connectedClient';
import { ttlOf } from './context';

/** Answers by itself: not a publication may come between entering the channel and saying so. */
export async function subscribe(client: ConnectedClient, command: CommandOf<'subscribe'>): Promise<null> {
  const { id, channel, token, data, position, joinLeave } = command;
  client.requireRoomFor(channel);
  const rules = rulesOf(client, channel);
  const request = { client: client.view, channel, token, data, reason: 'subscribe' } as const;
  const permission = await client.enter(channel, () => permit(rules, request));
  if (client.isOver) return null;
  const subscribed = client.subscribe({ channel, position, joinLeave, permission });
  for (const frame of client.wire.subscribed(id, channel, subscribed)) client.session.send(frame);
  client.announce(channel);
  return null;
}

export async function unsubscribe(client: ConnectedClient, { channel }: CommandOf<'unsubscribe'>): Promise<Answer> {
  client.leave(channel);
  return { type: 'unsubscribe' };
}

/** Acknowledged once it is kept and on its way to all who are subscribed now. */
export async function publish(client: ConnectedClient, command: CommandOf<'publish'>): Promise<Answer | null> {
  const { channel, content, payload } = command;
  const { publish: may, events } = rulesOf(client, channel);
  const subscription = requireSubscription(client, channel);
  const { event } = content;
  const request = { client: client.view, channel, payload };

  if (event !== undefined) {
    const handler = events.get(event);
    if (handler) return handle(client, command, () => handler({ ...request, event }));
  }
  const allowed = typeof may === 'function' ? await may({ ...request, event }) : may;
  if (client.isOver) return null;
  const isStillIn = client.subscriptions.get(channel) === subscription;
  if (!allowed || !isStillIn) throw new Refusal('permission-denied');
  client.server.hub.publish(channel, content, subscription.member);
  return { type: 'publish' };
}

/** However long the handler takes, the channel's other commands go on meanwhile. */
function handle(client: ConnectedClient, command: CommandOf<'publish'>, handler: () => unknown): null {
  client.answer(command, async () => ({ type: 'publish', data: await handler() }));
  return null;
}

export async function presence(
  client: ConnectedClient,
  { type, channel }: CommandOf<'presence' | 'presence-stats'>,
): Promise<Answer> {
  const members = requireSubscription(client, channel).channel.visibleMembers;
  if (!members) throw new Refusal('not-available');
  return { type, members };
}

export async function history(client: ConnectedClient, { channel, query }: CommandOf<'history'>): Promise<Answer> {
  requireSubscription(client, channel);
  return { type: 'history', ...client.server.hub.history(channel, query) };
}

export async function refreshSubscription(
  client: ConnectedClient,
  { channel, token }: CommandOf<'refresh-subscription'>,
): Promise<Answer> {
  const subscription = requireSubscription(client, channel);
  const request = { client: client.view, channel, token, data: undefined, reason: 'refresh' } as const;
  const permission = await permit(rulesOf(client, channel), request);
  if (client.subscriptions.get(channel) !== subscription) throw new Refusal('permission-denied'); // ended meanwhile
  const ttl = ttlOf(permission, client.server.clock);
  if (ttl === 0) throw new Refusal('expired');
  client.expireSubscriptionAfter(subscription, ttl);
  return { type: 'refresh-subscription', ttl };
}

async function permit({ authorize }: ChannelRules, request: SubscribeRequest): Promise<Permission> {
  const permission = await authorize(request);
  if (!permission) throw new Refusal('permission-denied');
  return permission === true ? {} : permission;
}

function rulesOf({ server }: ConnectedClient, channel: string): ChannelRules {
  if (!channel || channel.length > server.limits.channelNameLength) throw new Refusal('bad-request');
  const rules = server.rulesOf(channel);
  if (!rules) throw new Refusal('unknown-channel');
  return rules;
}

function requireSubscription(client: ConnectedClient, channel: string) {
  const subscription = client.subscriptions.get(channel);
  if (!subscription) throw new Refusal('permission-denied');
  return subscription;
}
