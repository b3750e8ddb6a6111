import type { Chance } from '../simulation/chance';
import type { ProxyPath } from '../support/tcpProxy';
import type { LedgerClient } from './ledgerClient';
import type { LedgerServer } from './ledgerServer';

export interface Fault {
  readonly name: string;
  befall(client: LedgerClient, server: LedgerServer): unknown;
}

/** What may go wrong, and how often. */
const FAULTS: readonly (readonly [weight: number, fault: (chance: Chance) => Fault])[] = [
  [5, onPaths('is cut', (path) => path.cut())],
  [3, onPaths('is frozen', (path) => path.freeze())],
  [2, onPaths('is frozen on the way up', (path) => path.freeze('up'))],
  [2, onPaths('is frozen on the way down', (path) => path.freeze('down'))],
  [3, onPaths('is thawed', (path) => path.resume())],
  [2, onPaths('is half closed', (path, chance) => path.halfClose(chance.pick(['up', 'down'])))],
  [3, onPaths('is slow', (path, chance) => path.delay(chance.between(0, 40)))],
  [4, onPaths('stops in the middle of something', stopSomewhere)],
  [2, always('is refused', ({ proxy }) => proxy.refuse())],
  [3, always('is accepted', ({ proxy }) => proxy.accept())],
  [2, always('reconnects', ({ connection }) => connection.reconnect())],
  [1, always('disconnects and connects', disconnectAndConnect)],
  [2, always('is sent away', ({ user }, { channels }) => channels.disconnect(user, { code: 3_011 }))],
  [3, always('is unsubscribed', ({ user }, { channels }) => channels.unsubscribe(user, 'room', { code: 2_500 }))],
  [1, always('meets a server that restarts', (_client, server) => server.restart())],
];

const TOTAL = FAULTS.reduce((sum, [weight]) => sum + weight, 0);

export function nextFault(chance: Chance): Fault {
  let left = chance.between(1, TOTAL);
  const [, fault] = FAULTS.find(([weight]) => (left -= weight) <= 0) ?? FAULTS[0] ?? [];
  if (!fault) throw new RangeError('There is nothing to go wrong.');
  return fault(chance);
}

function onPaths(name: string, act: (path: ProxyPath, chance: Chance) => void) {
  return (chance: Chance): Fault => ({ name, befall: (client) => client.eachPath((path) => act(path, chance)) });
}

function always(name: string, befall: Fault['befall']) {
  return (): Fault => ({ name, befall });
}

function stopSomewhere(path: ProxyPath, chance: Chance): void {
  void path.stopAfter(chance.between(0, 200), chance.pick(['up', 'down']));
}

function disconnectAndConnect({ connection }: LedgerClient): void {
  connection.disconnect();
  connection.connect();
}
