import { STATUS_PATH, type ServerStatus } from '@tautline-examples/shared';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULTS } from './config';
import { createExampleServer, type ExampleServer } from './server';
import { TestClient } from './testClient';

let server: ExampleServer;

beforeEach(async () => {
  server = createExampleServer({ ...DEFAULTS, port: 0 });
  await server.listen();
});

afterEach(() => server.close());

const connect = (path: string) => new TestClient(`ws://127.0.0.1:${server.port()}${path}`).opened();
const newest = (watcher: TestClient) => watcher.messages().at(-1) as unknown as ServerStatus; // as the protocol says

it('says at once how the server is, and counts who does not only watch', async () => {
  await using client = await connect('/echo');
  await using watcher = await connect(STATUS_PATH);
  await watcher.until((received) => received.length > 0);
  expect(newest(watcher)).toMatchObject({ type: 'status', condition: 'up', clients: 1, streams: 0 });
  expect(newest(watcher).processBytes).toBeGreaterThan(1e6);
  expect(client.received).toEqual([]);
});

it.each([
  ['freeze', 'frozen'],
  ['refuse', 'refusing'],
  ['unauthorized', 'refusing'],
  ['slow', 'slow'],
] as const)('goes on telling under %s, which it tells', async (fault, condition) => {
  await using watcher = await connect(STATUS_PATH);
  server.hurt(fault, 30);
  await watcher.until(() => newest(watcher).condition === condition);
  await using late = await connect(STATUS_PATH);
  await late.until((received) => received.length > 0);
  expect(newest(late).condition).toBe(condition);
});

it('says 1012 when the server restarts', async () => {
  await using watcher = await connect(STATUS_PATH);
  server.hurt('restart', 30);
  expect(await watcher.closed).toEqual({ code: 1012, reason: 'restarting' });
});

it('hears nothing: 4400', async () => {
  await using watcher = await connect(STATUS_PATH);
  watcher.send('hello');
  expect((await watcher.closed).code).toBe(4400);
});
