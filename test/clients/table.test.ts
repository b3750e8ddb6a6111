import { expect, test } from 'vitest';
import { pages, read, tableAfter } from '../../docs/test/pages';

const PACKAGES = new Map([
  ['graphql-ws', 'graphql-ws'],
  ['MQTT.js', 'mqtt'],
  ['tRPC', '@trpc/client'],
  ['Hocuspocus', '@hocuspocus/provider'],
  ['phoenix', 'phoenix'],
  ['centrifuge', 'centrifuge'],
  ['stompjs', '@stomp/stompjs'],
  ['socket.io-client', 'socket.io-client'],
]);

test('the docs name the clients that are tested, in the versions that are', () => {
  const page = pages().find(({ path }) => path === 'docs/drop-in.md');
  const named = page ? tableAfter(page, '## Clients').map(([client]) => client) : [];
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> }; // ours
  const tested = [...PACKAGES].map(([client, name]) => `${client} ${devDependencies[name]?.replace(/\.\d+$/, '')}`);
  expect(named).toEqual(tested);
});
