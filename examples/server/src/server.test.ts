import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANDLES_KEPT, LISTINGS, type Candles } from '@tautline-examples/shared';
import { DEFAULTS, type Config } from './config';
import { createExampleServer, type ExampleServer } from './server';
import { TestClient } from './testClient';

const PAGE = 'http://localhost:4301';
const NEW_STREAM = { type: 'resume', session: null, after: 0 };
const TEST: Config = {
  ...DEFAULTS,
  port: 0,
  marketRate: 2_000,
  burst: 20,
  messagesPerSecond: 1,
  maxPayloadBytes: 1_000,
};

let server: ExampleServer;
let clients: TestClient[] = [];

const connect = (path: string, options?: ConstructorParameters<typeof TestClient>[1]) => {
  const client = new TestClient(`ws://127.0.0.1:${server.port()}${path}`, options);
  clients.push(client);
  return client;
};
const control = (fault: string, { origin = PAGE, seconds = 1 }: { origin?: string; seconds?: unknown } = {}) =>
  fetch(`http://127.0.0.1:${server.port()}/control/${fault}`, {
    method: 'POST',
    headers: { origin },
    body: JSON.stringify({ seconds }),
  });

beforeEach(async () => {
  server = createExampleServer(TEST);
  await server.listen();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
  clients = [];
  await server.close();
});

describe('echo', () => {
  it('sends back text as text and binary as binary', async () => {
    const client = await connect('/echo').opened();
    client.send('hello');
    client.send({ a: 1 });
    client.send(Buffer.from([1, 2, 255]));
    await client.until((received) => received.length === 3);
    expect(client.received).toEqual([
      { text: 'hello', isBinary: false },
      { text: '{"a":1}', isBinary: false },
      { text: '0102ff', isBinary: true },
    ]);
  });

  it('answers ping with pong', async () => {
    const client = await connect('/echo').opened();
    client.send('ping');
    await client.until((received) => received[0]?.text === 'pong');
  });

  it('closes with the code and reason it is told', async () => {
    const client = await connect('/echo').opened();
    client.send({ type: 'close', code: 4001, reason: 'as you wish' });
    expect(await client.closed).toEqual({ code: 4001, reason: 'as you wish' });
  });

  it('closes at once when the URL says so', async () => {
    expect(await connect('/echo?close=4403&reason=no').closed).toEqual({ code: 4403, reason: 'no' });
  });

  it('cuts the line for 1006', async () => {
    const client = await connect('/echo').opened();
    client.send({ type: 'close', code: 1006 });
    expect((await client.closed).code).toBe(1006);
  });

  it('says why when a code may not be sent, and stays', async () => {
    const client = await connect('/echo').opened();
    client.send({ type: 'close', code: 1005 });
    await client.until((received) => received.length === 1);
    expect(client.ws.readyState).toBe(client.ws.OPEN);
  });

  it('chooses the first subprotocol that it speaks', async () => {
    expect((await connect('/echo', { protocols: ['other', 'echo.v1', 'echo.v2'] }).opened()).ws.protocol).toBe(
      'echo.v1',
    );
  });
});

describe('limits', () => {
  it('refuses pages it does not know', async () => {
    expect(await connect('/echo', { origin: 'https://evil.example' }).refused()).toBe(403);
  });

  it('accepts pages it knows', async () => {
    await connect('/echo', { origin: PAGE }).opened();
  });

  it('refuses paths it does not know', async () => {
    expect(await connect('/nothing').refused()).toBe(404);
  });

  it('closes on a message that is too large', async () => {
    const client = await connect('/echo').opened();
    client.send('x'.repeat(1_001));
    expect((await client.closed).code).toBe(1009);
  });

  it('closes on too many messages', async () => {
    const client = await connect('/echo').opened();
    for (let n = 0; n < 30; n++) client.send('x');
    expect((await client.closed).code).toBe(4429);
  });
});

describe('heartbeat', () => {
  beforeEach(async () => {
    await server.close();
    server = createExampleServer({ ...TEST, pingInterval: 50 });
    await server.listen();
  });

  it('cuts off a client that does not answer pings', async () => {
    const client = await connect('/echo', { autoPong: false }).opened();
    expect((await client.closed).code).toBe(1006);
  });

  it('leaves a client that answers pings alone', async () => {
    const client = await connect('/echo').opened();
    for (let n = 0; n < 4; n++) await once(client.ws, 'ping');
    expect(client.ws.readyState).toBe(client.ws.OPEN);
  });
});

describe('streams', () => {
  it('begins with a welcome and every price, numbered from 1', async () => {
    const client = await connect('/market').opened();
    client.send(NEW_STREAM);
    await client.until((received) => received.length > 1_000);
    expect(client.messages()[0]).toMatchObject({ type: 'welcome', resumed: false });
    expect(client.messages()[1]).toMatchObject({ type: 'rate', updatesPerSecond: 2_000 });
    expect(client.numbers().slice(0, 1_000)).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 1));
  });

  it('closes with 4400 when the client does not begin with resume', async () => {
    const client = await connect('/market').opened();
    client.send({ type: 'ping' });
    expect((await client.closed).code).toBe(4400);
  });

  it('answers pings, and confirms probes and rates in the stream', async () => {
    const client = await connect('/fleet').opened();
    client.send(NEW_STREAM);
    client.send({ type: 'ping' });
    client.send({ type: 'probe', id: 42 });
    client.send({ type: 'rate', updatesPerSecond: 77 });
    await client.until(() => client.messages().some(({ updatesPerSecond }) => updatesPerSecond === 77));
    expect(client.messages()).toEqual(
      expect.arrayContaining([
        { type: 'pong' },
        { type: 'ack', id: 42, seq: expect.any(Number) as number },
        { type: 'rate', updatesPerSecond: 77, seq: expect.any(Number) as number },
      ]),
    );
  });

  it('answers with candles, which say up to which number they go', async () => {
    const symbol = LISTINGS[0]?.symbol;
    const client = await connect('/market').opened();
    client.send(NEW_STREAM);
    await client.until((received) => received.length > 1_100);
    client.send({ type: 'candles', symbol });
    const answer = () => client.messages().find(({ type }) => type === 'candles') as Candles | undefined; // as the protocol says
    await client.until(() => answer() !== undefined);
    expect(answer()).toMatchObject({ symbol, until: expect.any(Number) as number });
    expect(answer()?.until).toBeGreaterThanOrEqual(1_100);
    expect(answer()?.candles).toHaveLength(CANDLES_KEPT);
  });

  it('has no candles of devices: 4400', async () => {
    const client = await connect('/fleet').opened();
    client.send(NEW_STREAM);
    client.send({ type: 'candles', symbol: LISTINGS[0]?.symbol });
    expect((await client.closed).code).toBe(4400);
  });

  it('streams devices and samples of this machine on /fleet', async () => {
    const client = await connect('/fleet').opened();
    client.send(NEW_STREAM);
    await client.until(() => client.messages().some(({ type }) => type === 'machine'));
    expect(client.messages().filter(({ type }) => type === 'device').length).toBeGreaterThanOrEqual(192);
  });
});

describe('hurting the line', () => {
  /** Reads a stream over as many sockets as it takes, as a client that resumes does. */
  const resume = async (after: TestClient) => {
    const session = String(after.messages()[0]?.session);
    const client = await connect('/market').opened();
    client.send({ type: 'resume', session, after: after.numbers().at(-1) });
    await client.until(() => client.numbers().length > 100);
    return client;
  };
  const begin = async () => {
    const client = await connect('/market').opened();
    client.send(NEW_STREAM);
    await client.until(() => client.numbers().length > 1_000);
    return client;
  };
  const isWhole = (numbers: number[]) => numbers.every((seq, index) => seq === index + 1);

  it('drop: cuts all clients off, and nothing is missing from the stream', async () => {
    const client = await begin();
    expect((await control('drop')).status).toBe(202);
    expect((await client.closed).code).toBe(1006);
    expect(isWhole([...client.numbers(), ...(await resume(client)).numbers()])).toBe(true);
  });

  it('freeze: says nothing for a while, then everything', async () => {
    const client = await begin();
    await control('freeze');
    const late = connect('/market');
    const before = Date.now();
    await late.opened();
    expect(Date.now() - before).toBeGreaterThan(800);
    const seen = client.numbers().length;
    await client.until(() => client.numbers().length > seen + 1_000);
    expect(isWhole(client.numbers())).toBe(true);
  });

  it('restart: says 1012, listens again later, and nothing is missing from the stream', async () => {
    const client = await begin();
    await control('restart');
    expect(await client.closed).toEqual({ code: 1012, reason: 'restarting' });
    await expect(connect('/market').opened()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${server.port()}/health`).then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 5_000 },
      )
      .toBe(200);
    expect(isWhole([...client.numbers(), ...(await resume(client)).numbers()])).toBe(true);
  });

  const health = async () =>
    (await (await fetch(`http://127.0.0.1:${server.port()}/health`)).json()) as { refusing: string | null }; // of what the server says, what is read here
  it.each([
    ['refuse', 503],
    ['unauthorized', 401],
  ])(
    '%s: cuts all clients off and refuses handshakes with %i, of the chat too, and can still be asked',
    async (fault, status) => {
      const client = await begin();
      await control(fault);
      expect((await client.closed).code).toBe(1006);
      expect(await connect('/market').refused()).toBe(status);
      expect(await connect('/chat').refused()).toBe(status);
      expect((await control('drop')).status).toBe(202);
      await expect.poll(async () => (await health()).refusing, { timeout: 5_000 }).toBeNull();
      expect(isWhole([...client.numbers(), ...(await resume(client)).numbers()])).toBe(true);
    },
  );

  it('slow: answers late', async () => {
    const client = await connect('/echo').opened();
    await control('slow', { seconds: 2 });
    const before = Date.now();
    client.send('ping');
    await client.until((received) => received.length === 1);
    expect(Date.now() - before).toBeGreaterThan(1_000);
  });

  it('is refused to pages it does not know', async () => {
    expect((await control('drop', { origin: 'https://evil.example' })).status).toBe(403);
  });

  it.each([0, 61, '5', null])('is refused for %o seconds', async (seconds) => {
    expect((await control('freeze', { seconds })).status).toBe(400);
  });

  it('has no other faults', async () => {
    expect((await control('explode')).status).toBe(404);
  });

  it('lets a known page ask first (CORS), and tells others nothing', async () => {
    const ask = (origin: string) =>
      fetch(`http://127.0.0.1:${server.port()}/control/drop`, { method: 'OPTIONS', headers: { origin } });
    expect((await ask(PAGE)).headers.get('access-control-allow-origin')).toBe(PAGE);
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('start and end', () => {
  it('says 1012 on shutdown', async () => {
    const client = await connect('/echo').opened();
    await server.close();
    expect((await client.closed).code).toBe(1012);
    await server.listen(); // for afterEach
  });

  it('reports a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(createExampleServer({ ...TEST, port }).listen()).rejects.toMatchObject({ code: 'EADDRINUSE', port });
    other.close();
    await once(other, 'close');
  });
});
