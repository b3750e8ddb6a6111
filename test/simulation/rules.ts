import { MAX_WAITING, type Client } from './client';
import type { Room } from './room';
import type { World } from './world';

/** What must be true after every step. */
export function checkAlways(world: World): void {
  for (const client of world.clients) {
    checkConnection(client);
    checkTimers(client);
    for (const room of client.rooms) room.check();
  }
  checkServer(world);
}

const isActive = ({ snapshot: { status } }: Client): boolean =>
  status === 'connecting' || status === 'connected' || status === 'reconnecting';

function checkConnection(client: Client): void {
  const { connection, snapshot, liveSockets, page } = client;
  if (connection.getSnapshot() !== snapshot) client.problem('has another snapshot than it told');
  if (liveSockets > 1) client.problem('has two live sockets');
  if (liveSockets && !isActive(client) && snapshot.readyState === 3) client.problem('rests, and has a socket');
  if (page.listeners.size !== (isActive(client) ? 1 : 0)) client.problem('hears the page wrongly');

  const { status, readyState, retryAt, paused, error, close, connectedAt } = snapshot;
  if (retryAt !== null && paused !== null) client.problem('waits and is paused');
  if ((status === 'connected') !== (readyState === 1)) client.problem('is not sure whether it is connected');
  if ((status === 'connected') !== (connectedAt !== null)) client.problem('does not know since when');
  if (status === 'connected' && (retryAt ?? paused ?? error ?? close) !== null)
    client.problem('is connected and is not');
  if (status === 'failed' && !error) client.problem('failed without an error');

  const { size } = connection.queue;
  if (size > MAX_WAITING) client.problem(`has ${size} messages waiting`);
  if (size !== client.waitingNotes) client.problem(`has ${size} of ${client.waitingNotes} notes waiting`);
}

/** No more timers than what is going on may have, and none where nothing is. */
function checkTimers(client: Client): void {
  const { snapshot, party, rooms } = client;
  const line = snapshot.readyState === 2 ? 1 : !isActive(client) ? 0 : snapshot.readyState === 1 ? 6 : 3;
  const held = rooms.reduce((sum, room) => sum + timersAllowed(room), 0);
  const grace = 1;
  const renewal = 1 + rooms.length;
  const allowed = line + held + grace + (line ? renewal : 0);
  if (party.timers > allowed) client.problem(`runs ${party.timers} timers, where ${allowed} are allowed`);
  if (snapshot.retryAt !== null && !party.timers) client.problem('waits for nothing');
}

/** One of the membership, one for each patience, one for room in the socket, one of the last release. */
function timersAllowed({ status, sends }: Room): number {
  const isAtRest = status === 'idle' || status === 'left' || status === 'failed';
  return (isAtRest ? 0 : 2) + sends.size + 1;
}

/** Whoever the server counts in a channel is there, and once. */
function checkServer({ server, clients, problem }: World): void {
  if (server.party.isGone) return;
  for (const { topic } of clients[0]?.rooms ?? []) {
    const members = server.hub.members(topic).length;
    if (members > server.ends.size) problem(`${members} are in ${topic}, and ${server.ends.size} on the server`);
  }
}
