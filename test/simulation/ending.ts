import type { Client } from './client';
import type { Room } from './room';
import { CLOSED, HAS_PRESENCE } from './serverOptions';
import type { World } from './world';

/** How long it takes at most until everything is well again, in milliseconds. */
const RECOVERY = 40_000;

/** How long it takes until somebody is gone, in milliseconds. */
const GOODBYE = 3_000;

/** Long enough for the server to forget everything. */
const OBLIVION = 40_000;

/** Everything is mended, and time passes: what is wanted must come to be, and then, of what is wanted no more, nothing may stay. */
export async function checkEnding(world: World): Promise<void> {
  const { clients } = world;
  mend(world);
  await world.pass(RECOVERY);
  clients.forEach(checkWishes);
  checkPresence(world);

  clients.forEach(wishAgain);
  await world.pass(RECOVERY);
  clients.forEach(checkWishes);
  await publishLast(world);
  clients.forEach(checkKnowledge);
  checkPresence(world);

  for (const client of clients) {
    letGo(client);
    await world.pass(GOODBYE);
    checkPresence(world);
  }
  await world.pass(OBLIVION);
  checkNothingLeft(world);
}

function mend(world: World): void {
  const { server, clients, links, trace, timeline } = world;
  trace.note('fate', '* mends everything');
  world.isHealthy = true;
  world.isBlackout = false;
  if (!server.isOpen) {
    server.kill();
    server.start();
  }
  server.party.asleepUntil = timeline.now;
  for (const { page, party } of clients) {
    party.asleepUntil = timeline.now;
    for (const fact of ['page-resumed', 'page-shown', 'went-online'] as const) page.tell(fact);
  }
  for (const link of links) link.heal();
}

/** Who wants a channel has it, or knows why not. */
function checkWishes(client: Client): void {
  const { status, close } = client.snapshot;
  const isUp = status === 'connected';
  const isFinal = status === 'disconnected' && !!close && close.code >= 3_000; // the server has sent it away
  if (client.isWanted && !isUp && !isFinal) client.problem(`is ${status}, and wanted`);
  for (const room of client.rooms) checkWish(client, room, isUp);
}

function checkWish(client: Client, room: Room, isUp: boolean): void {
  const { topic, status, wasLeft, wasEnded, releases } = room;
  const { error } = room.channel.getSnapshot();
  const is = (...expected: string[]) => expected.includes(status) || client.problem(`${topic} is still ${status}`);
  if (!releases.length) return void is('idle', 'left', 'failed');
  if (wasLeft) return void is('left');
  if (topic === CLOSED && isUp) return void is('failed');
  if (wasEnded && error && (status === 'left' || status === 'failed')) return; // ended while it was joining, it is refused
  if (isUp) is('joined');
  else is('joining', 'rejoining', 'failed');
}

/** Everybody wants everything. */
function wishAgain(client: Client): void {
  client.connect('connect');
  for (const room of client.rooms) room.retain();
}

async function publishLast(world: World): Promise<void> {
  for (const { topic } of world.clients[0]?.rooms ?? []) if (topic !== CLOSED) world.server.publish(topic);
  await world.pass(5_000);
}

function checkKnowledge(client: Client): void {
  for (const room of client.rooms) {
    if (room.topic !== CLOSED && !room.isUpToDate) client.problem(`${room.topic} has not heard the last`);
  }
}

/** Whoever is in a channel sees whom the server sees, on as many connections. */
function checkPresence({ clients, server }: World): void {
  for (const client of clients) {
    for (const { topic, channel, status } of client.rooms) {
      if (!HAS_PRESENCE.has(topic) || status !== 'joined') continue;
      const there = server.hub.members(topic).map(({ user }) => user);
      const seen = channel.presence.flatMap(({ id, metas }) => metas.map(() => id));
      const [seenNames, thereNames] = [seen.sort().join(), there.sort().join()];
      if (seenNames !== thereNames) client.problem(`${topic} sees ${seenNames}, and there is ${thereNames}`);
    }
  }
}

function letGo(client: Client): void {
  for (const room of client.rooms) for (const release of room.releases.splice(0)) release();
  for (const release of client.releases.splice(0)) release();
  client.disconnect();
}

function checkNothingLeft({ clients, server, ledger, problem }: World): void {
  for (const client of clients) {
    const { party, page, liveSockets, connection } = client;
    if (connection.getSnapshot().status !== 'disconnected') client.problem('is not disconnected');
    if (party.timers) client.problem(`still runs ${party.timers} timers`);
    if (page.listeners.size) client.problem('still hears the page');
    if (liveSockets) client.problem('still has a socket');
  }
  for (const { outcome, number } of ledger.sends.values())
    if (outcome === 'pending') problem(`${number} never settled`);
  if (server.ends.size || server.roster.size) problem('the server still has clients');
  if (server.hub.size) problem(`the server still has ${server.hub.size} channels`);
  if (server.party.timers) problem(`the server still runs ${server.party.timers} timers`);
}
