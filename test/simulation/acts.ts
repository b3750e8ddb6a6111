import type { LifecycleFact } from '@tautline/core';
import type { Client } from './client';
import { CLOSED } from './serverOptions';
import type { World } from './world';

type Act = (world: World, client: Client) => void;

/** What may happen, and how often. */
const ACTS: readonly (readonly [weight: number, name: string, act: Act])[] = [
  // What a page's code does.
  [14, 'retains a channel', (world, client) => world.chance.pick(client.rooms).retain()],
  [6, 'releases a channel', (world, client) => pickRetained(world, client)?.releases.pop()?.()],
  [2, 'leaves a channel', (world, client) => world.chance.pick(client.rooms).leave()],
  [16, 'sends an event', sendEvents],
  [8, 'sends a note', (_, client) => client.sendNote()],
  [2, 'clears the queue', (_, client) => client.connection.queue.clear()],
  [3, 'connects', (_, client) => client.connect('connect')],
  [2, 'disconnects', (_, client) => client.disconnect()],
  [2, 'reconnects', (_, client) => client.connect('reconnect')],
  [2, 'retains the connection', (_, client) => void client.releases.push(client.connection.retain())],
  [1, 'releases the connection', (_, client) => client.releases.pop()?.()],

  // What happens to the page.
  [2, 'is offline', tell('went-offline')],
  [3, 'is online', tell('went-online')],
  [2, 'is hidden', tell('page-hidden')],
  [3, 'is shown', tell('page-shown')],
  [2, 'is frozen for a while', freezePage],
  [2, 'sleeps', (world, { party }) => world.timeline.sleep(party, world.chance.between(100, 20_000))],
  [2, 'has its clock set', ({ chance }, { page }) => void (page.skew += chance.between(-30_000, 30_000))],

  // What happens to its line.
  [4, 'loses its line', (world, client) => loseLine(world, client, true)],
  [2, 'loses its line unawares', (world, client) => loseLine(world, client, false)],
  [5, 'has its line frozen', freezeLine],
  [4, 'has its line thawed', (_, client) => client.links.at(-1)?.heal()],
  [3, 'has a slow line', ({ chance }, client) => client.links.at(-1)?.drag(chance.between(50, 1_000))],

  // What the server does, and what happens to it.
  [14, 'is published to', publish],
  [3, 'is unsubscribed', unsubscribe],
  [2, 'is sent away', disconnectUser],
  [
    1,
    'meets a stopped server',
    ({ timeline, server, chance }) => timeline.sleep(server.party, chance.between(50, 9_000)),
  ],
  [1, 'meets a server that crashes', ({ server }) => server.kill()],
  [1, 'meets a server that shuts down', ({ server }) => server.isRunning && server.shutDown()],
  [3, 'meets a server that starts', startServer],
  [1, 'meets a black hole', (world) => void (world.isBlackout = true)],
  [2, 'meets no black hole', (world) => void (world.isBlackout = false)],
];

const TOTAL = ACTS.reduce((sum, [weight]) => sum + weight, 0);

/** Something happens. */
export function act(world: World): void {
  const { chance, trace, clients } = world;
  let left = chance.between(1, TOTAL);
  const chosen = ACTS.find(([weight]) => (left -= weight) <= 0);
  const client = chance.pick(clients);
  if (!chosen || client.page.frozen || world.timeline.isAsleep(client.party)) return; // nothing runs there
  trace.note(client.party.name, `* ${chosen[1]}`);
  chosen[2](world, client);
}

const pickRetained = ({ chance }: World, { rooms }: Client) => {
  const retained = rooms.filter(({ releases }) => releases.length);
  return retained.length ? chance.pick(retained) : undefined;
};

function sendEvents(world: World, client: Client): void {
  const { chance } = world;
  const room = pickRetained(world, client) ?? chance.pick(client.rooms);
  for (let left = chance.between(1, chance.is(0.1) ? 12 : 2); left > 0; left--) {
    room.send(chance.pick([500, 3_000, 10_000, Infinity]));
  }
}

function tell(fact: LifecycleFact): Act {
  return (_, client) => client.page.tell(fact);
}

/** Nothing runs in it; when it is resumed it learns that before anything else. */
function freezePage({ chance, timeline, fate }: World, { page, party }: Client): void {
  const duration = chance.between(100, 15_000);
  page.tell('page-frozen');
  timeline.schedule(fate, duration, () => page.tell('page-resumed'));
  timeline.sleep(party, duration);
}

function loseLine({ chance }: World, { links }: Client, isTold: boolean): void {
  const link = links.at(-1);
  link?.cut();
  if (isTold) link?.tellPage();
  if (isTold || chance.is(0.5)) link?.tellServer();
}

function freezeLine({ chance }: World, { links }: Client): void {
  links.at(-1)?.freeze(chance.pick(['up', 'down', 'both']));
}

function publish({ chance, server }: World, { rooms }: Client): void {
  const { topic } = chance.pick(rooms);
  if (!server.isRunning || topic === CLOSED) return;
  for (let left = chance.between(1, 4); left > 0; left--) server.publish(topic);
}

function unsubscribe({ chance, server }: World, client: Client): void {
  const room = chance.pick(client.rooms);
  const code = chance.pick([2_000, 2_500, 2_501, 2_502]);
  if (!server.isRunning) return;
  server.roster.unsubscribe(client.user, room.topic, { code, reason: 'simulated' });
  if (code < 2_500) client.world.endForUser(client.user, room.topic);
}

function disconnectUser({ chance, server }: World, { user }: Client): void {
  const code = chance.pick([3_503, 3_011, 3_014, 3_001]);
  if (!server.isRunning) return;
  server.roster.disconnect(user, { code, reason: 'simulated' });
}

function startServer({ server }: World): void {
  if (server.isOpen) return;
  server.kill();
  server.start();
}
