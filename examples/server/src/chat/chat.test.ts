import type { RoomPage } from '@tautline-examples/shared';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULTS } from '../config';
import { createExampleServer, type ExampleServer } from '../server';
import { TestClient } from '../testClient';

type Frame = Record<string, unknown>;

let server: ExampleServer;
let clients: Talker[] = [];

/** Somebody in the chat, who speaks plain JSON. */
class Talker extends TestClient {
  #id = 0;

  constructor() {
    super(`ws://127.0.0.1:${server.port()}/chat`, { protocols: ['tautline.envelope.v1'] });
    clients.push(this);
  }

  /** Sends a request, and resolves with the answer. */
  async ask(request: Frame): Promise<Frame> {
    const id = ++this.#id;
    this.send({ id, ...request });
    return this.find((frame) => frame['id'] === id);
  }

  async find(condition: (frame: Frame) => boolean): Promise<Frame> {
    await this.until(() => this.messages().some(condition));
    return this.messages().find(condition) as Frame; // there is one now
  }

  post(text: unknown, id = `${Math.random()}`.slice(2)): Promise<Frame> {
    return this.ask({ type: 'publish', topic: 'room:general', event: 'post', payload: { id, text } });
  }

  /** The texts of the messages that came as events, in order. */
  heard(): unknown[] {
    return this.messages().flatMap(({ event, payload }) => (event === 'message' ? [(payload as Frame)['text']] : []));
  }
}

const connected = async (name: string) => {
  const talker = await new Talker().opened();
  expect(await talker.ask({ type: 'connect', payload: { token: name } })).toMatchObject({ type: 'ack' });
  return talker;
};
const joined = async (name: string) => {
  const talker = await connected(name);
  const entry = await talker.ask({ type: 'subscribe', topic: 'room:general' });
  return { talker, entry };
};
const textsOf = ({ payload }: Frame) => (payload as { messages: Frame[] }).messages.map(({ text }) => text);
const control = (fault: string) =>
  fetch(`http://127.0.0.1:${server.port()}/control/${fault}`, {
    method: 'POST',
    headers: { origin: 'http://localhost:4301' },
    body: '{"seconds":1}',
  });

beforeEach(async () => {
  server = createExampleServer({ ...DEFAULTS, port: 0 });
  await server.listen();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
  clients = [];
  await server.close();
});

describe('who connects', () => {
  it('says a name, and is known by it', async () => {
    const { talker } = await joined('Ann');
    const { state } = await talker.find(({ type }) => type === 'presence');
    expect(state).toMatchObject([{ id: 'ann', info: { name: 'Ann' } }]);
  });

  it.each(['', 'x'.repeat(33), 'Ann\u202e', 'A\u0000'])('is refused with the name %j', async (name) => {
    const talker = await new Talker().opened();
    const answer = await talker.ask({ type: 'connect', payload: { token: name } });
    expect(answer).toMatchObject({ type: 'error', message: expect.stringContaining('A name has') as string });
  });

  it('finds no other rooms than the three', async () => {
    const talker = await connected('Ann');
    const answer = await talker.ask({ type: 'subscribe', topic: 'room:secret' });
    expect(answer).toMatchObject({ type: 'error', code: 404, message: 'unknown channel' });
  });
});

describe('a message', () => {
  it('reaches everybody, the writer included, stamped by the server', async () => {
    const [{ talker: ann }, { talker: bob }] = [await joined('Ann'), await joined('Bob')];
    const { payload } = await ann.post('hello', 'a1');
    for (const each of [ann, bob]) {
      const event = await each.find(({ event }) => event === 'message');
      expect(event['payload']).toEqual(payload);
    }
    expect(payload).toMatchObject({ id: 'a1', from: 'ann', name: 'Ann', text: 'hello' });
  });

  it('that is sent twice is published once', async () => {
    const { talker } = await joined('Ann');
    const first = await talker.post('hello', 'a1');
    const second = await talker.post('hello', 'a1');
    expect(second['payload']).toEqual(first['payload']);
    await talker.post('after');
    expect(talker.heard()).toEqual(['hello', 'after']);
  });

  it('is refused when it is too long or empty, and the reason says so', async () => {
    const { talker } = await joined('Ann');
    expect(await talker.post('x'.repeat(10_000))).toMatchObject({
      type: 'error',
      message: 'A message has at most 2,000 characters; this one has 10,000.',
    });
    expect(await talker.post('   ')).toMatchObject({ message: 'A message needs something to read.' });
  });

  it('cannot be published past the server, nor from outside of the room', async () => {
    const { talker } = await joined('Ann');
    const forged = { type: 'publish', topic: 'room:general', event: 'message', payload: { from: 'bob', text: 'hi' } };
    expect(await talker.ask(forged)).toMatchObject({ type: 'error', code: 403 });
    const outside = await connected('Bob');
    expect(await outside.post('hi')).toMatchObject({ type: 'error', code: 403 });
  });

  it('greets who comes later', async () => {
    const { talker } = await joined('Ann');
    for (let n = 1; n <= 60; n++) await talker.post(`${n}`);
    const { entry } = await joined('Bob');
    expect(textsOf(entry)).toEqual(Array.from({ length: 50 }, (_, index) => `${index + 11}`));
  });

  it('is found again by who asks what was said before', async () => {
    const { talker } = await joined('Ann');
    for (let n = 1; n <= 55; n++) await talker.post(`${n}`);
    const { talker: bob, entry } = await joined('Bob');
    const { messages, hasEarlier } = entry['payload'] as RoomPage;
    expect(hasEarlier).toBe(true);
    const ask = (payload: object) => bob.ask({ type: 'call', event: 'earlier', payload });
    const answer = await ask({ room: 'general', before: messages[0]?.at, count: 20 });
    expect(textsOf(answer)).toEqual(['1', '2', '3', '4', '5']);
    expect(answer['payload']).toMatchObject({ hasEarlier: false });
    expect(await ask({ room: 'secret', before: 1, count: 1 })).toMatchObject({ type: 'error', code: 404 });
  });

  it('is not missed by who comes while others talk', async () => {
    const { talker } = await joined('Ann');
    const texts = Array.from({ length: 40 }, (_, index) => `${index}`);
    const talk = async () => {
      for (const text of texts) await talker.post(text);
    };
    const talking = talk();
    const newcomers = await Promise.all(texts.slice(0, 10).map((name) => joined(`Newcomer ${name}`)));
    await talking;
    for (const { talker: newcomer, entry } of newcomers) {
      const greeted = textsOf(entry);
      await newcomer.until(() => greeted.length + newcomer.heard().length === texts.length);
      expect([...greeted, ...newcomer.heard()]).toEqual(texts);
    }
  });
});

describe('who types', () => {
  it('is named by the server, to those who listen', async () => {
    const [ann, bob] = [await connected('Ann'), await connected('Bob')];
    for (const each of [ann, bob]) await each.ask({ type: 'subscribe', topic: 'typing:general' });
    await ann.ask({ type: 'publish', topic: 'typing:general', event: 'keystroke', payload: { from: 'bob' } });
    const { payload } = await bob.find(({ event }) => event === 'typing');
    expect(payload).toEqual({ from: 'ann', name: 'Ann' });
  });
});

describe('hurting the line', () => {
  /** Joins again where the talker was, and returns the answer and what was missed. */
  const rejoined = async (name: string, position: unknown) => {
    const talker = await connected(name);
    const entry = await talker.ask({ type: 'subscribe', topic: 'room:general', position });
    return { talker, entry };
  };

  it('drop: cuts the chat off too, and what was missed comes after the reconnect', async () => {
    const [{ talker: ann }, { talker: bob, entry }] = [await joined('Ann'), await joined('Bob')];
    await control('drop');
    expect([(await ann.closed).code, (await bob.closed).code]).toEqual([1006, 1006]);
    const { talker } = await joined('Ann');
    await talker.post('while Bob was away');
    const back = await rejoined('Bob', entry['position']);
    expect(back.entry['recovered']).toBe(true);
    await back.talker.find(({ event }) => event === 'message');
    expect(back.talker.heard()).toEqual(['while Bob was away']);
  });

  it('freeze: says nothing and hears nothing for a while, to those who come as well', async () => {
    const { talker } = await joined('Ann');
    await control('freeze');
    const before = Date.now();
    const late = new Talker();
    await Promise.all([talker.post('frozen'), late.opened()]);
    expect(Date.now() - before).toBeGreaterThan(800);
    expect(talker.ws.readyState).toBe(talker.ws.OPEN);
  });

  it('slow: answers late', async () => {
    const { talker } = await joined('Ann');
    await control('slow');
    let took = 0;
    while (took < 500) {
      const before = Date.now();
      await talker.post('soon, or late'); // the first ones may still find the line as it was
      took = Date.now() - before;
    }
    expect(talker.ws.readyState).toBe(talker.ws.OPEN);
  });

  it('restart: says 1012, and knows what was said when it is back', async () => {
    const { talker, entry } = await joined('Ann');
    await talker.post('before');
    await control('restart');
    expect(await talker.closed).toEqual({ code: 1012, reason: 'restarting' });
    await expect
      .poll(
        () =>
          fetch(`http://127.0.0.1:${server.port()}/health`).then(
            ({ ok }) => ok,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    const back = await rejoined('Ann', entry['position']);
    expect(back.entry['recovered']).toBe(true);
    expect(textsOf(back.entry)).toEqual(['before']);
  });
});

it("speaks Centrifugo's protocol in the same rooms", async () => {
  const { talker } = await joined('Ann');
  const bob = await new TestClient(`ws://127.0.0.1:${server.port()}/chat`).opened();
  const subscribe = '{"id":2,"subscribe":{"channel":"room:general"}}';
  const publish =
    '{"id":3,"publish":{"channel":"room:general","data":{"event":"post","payload":{"id":"b1","text":"hi"}}}}';
  bob.send(['{"id":1,"connect":{"token":"Bob"}}', subscribe, publish].join('\n'));
  const event = await talker.find(({ event }) => event === 'message');
  expect(event['payload']).toMatchObject({ from: 'bob', name: 'Bob', text: 'hi' });
  await bob[Symbol.asyncDispose]();
});
