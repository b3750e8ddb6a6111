import { afterEach, beforeEach, expect, it } from 'vitest';
import { DEFAULTS } from '../config';
import { createExampleServer, type ExampleServer } from '../server';
import { TestClient } from '../testClient';

type Frame = Record<string, unknown>;
interface Ack extends Frame {
  payload: { samples: { at: number }[] };
}

let server: ExampleServer;
let clients: TestClient[] = [];

/** Asks for a channel in plain JSON, and resolves with the answer. */
async function join(topic: string, position?: unknown): Promise<{ client: TestClient; answer: Ack }> {
  const client = new TestClient(`ws://127.0.0.1:${server.port()}/devices`, { protocols: ['tautline.envelope.v1'] });
  clients.push(client);
  await client.opened();
  client.send({ id: 1, type: 'subscribe', topic, position });
  await client.until(() => client.messages().some(({ id }) => id === 1));
  return { client, answer: client.messages().find(({ id }) => id === 1) as Ack }; // there is one now
}

const eventsOf = (client: TestClient) => client.messages().filter(({ event }) => event === 'sample');
const timesOf = (client: TestClient) => eventsOf(client).map(({ payload }) => (payload as { at: number }).at);
const viewers = async () => {
  const health = (await (await fetch(`http://127.0.0.1:${server.port()}/health`)).json()) as Frame;
  return health['deviceViewers'];
};

beforeEach(async () => {
  server = createExampleServer({ ...DEFAULTS, port: 0 });
  await server.listen();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
  clients = [];
  await server.close();
});

it('tells who joins the series so far, and how it goes on', async () => {
  const { client, answer } = await join('device:TRK-001');
  await client.until(() => eventsOf(client).length === 2);
  const [next, after] = timesOf(client);
  const last = answer.payload.samples.at(-1)?.at ?? 0;
  expect(answer.payload.samples).toHaveLength(300);
  expect(next).toBeGreaterThan(last);
  expect(after).toBeGreaterThan(next ?? 0);
});

it('counts who looks, until they leave', async () => {
  const { client } = await join('device:TRK-001');
  expect(await viewers()).toBe(1);
  client.send({ id: 2, type: 'unsubscribe', topic: 'device:TRK-001' });
  await expect.poll(viewers).toBe(0);
});

it('gives who comes back all that was missed, even when nobody was there meanwhile', async () => {
  const { client } = await join('device:TRK-001');
  await client.until(() => eventsOf(client).length === 1);
  server.hurt('drop', 1);
  await client.closed;
  const { client: other } = await join('device:TRK-002');
  await other.until(() => eventsOf(other).length === 2);
  const { client: again, answer } = await join('device:TRK-001', eventsOf(client).at(-1)?.['position']);
  expect(answer['recovered']).toBe(true);
  const last = timesOf(client).at(-1) ?? 0;
  const missed = answer.payload.samples.map(({ at }) => at).filter((at) => at > last);
  await again.until(() => eventsOf(again).length >= missed.length);
  expect(missed.length).toBeGreaterThanOrEqual(2);
  expect(timesOf(again).slice(0, missed.length)).toEqual(missed);
});

it.each(['device:TRK-999', 'device:', 'constructor'])('has no channel %s', async (topic) => {
  const { answer } = await join(topic);
  expect(answer).toMatchObject({ type: 'error', message: 'unknown channel' });
});

it('is closed to pages that are not known', async () => {
  const options = { origin: 'https://evil.example' };
  const client = new TestClient(`ws://127.0.0.1:${server.port()}/devices`, options);
  expect(await client.refused()).toBe(403);
});
