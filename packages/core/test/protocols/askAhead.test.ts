import { describe, expect, test } from 'vitest';
import { StopReconnecting, type ChannelProtocol } from '../../src/index';
import { centrifugo } from '../../src/protocols/centrifugo';
import { envelope } from '../../src/protocols/envelope';
import { microtasks } from '../kit/fakeEnvironment';
import { stage, type Stage } from '../kit/stage';

type Token = () => Promise<string>;

/** Of the protocol, which token its first frame carries. */
const PROTOCOLS = [
  ['centrifugo', (token: Token) => centrifugo({ token }), { connect: { token: 'ann' } }],
  ['envelope', (token: Token) => envelope({ token }), { type: 'connect', payload: { token: 'ann' } }],
] as const;

const stageOf = (protocol: unknown) => stage({ channels: protocol as ChannelProtocol<never> }); // whatever it speaks
const said = (on: Stage<never, never>) => on.socket().sent.map((frame) => JSON.parse(String(frame)) as object);

describe.each(PROTOCOLS)('the token of %s', (_name, protocolWith, frame) => {
  test('is there before the socket, so that no server waits for it', async () => {
    let answer = (_token: string) => {};
    const on = stageOf(protocolWith(() => new Promise((resolve) => (answer = resolve))));
    on.connection.connect();
    await microtasks();
    expect(on.sockets).toEqual([]);
    answer('ann');
    await microtasks();
    on.socket().accept();
    await microtasks();
    expect(said(on)).toMatchObject([frame]);
  });

  test('is asked for again before each attempt', async () => {
    let asked = 0;
    const on = stageOf(protocolWith(async () => (++asked === 1 ? 'old' : 'ann')));
    on.connection.connect();
    await microtasks();
    on.socket().end(1006);
    on.environment.advance(10_000);
    await microtasks();
    on.socket().accept();
    await microtasks();
    expect(said(on)).toMatchObject([frame]);
  });

  test('that cannot be had is a failed attempt without a socket, and may end it', async () => {
    const failures = [new Error('offline'), new StopReconnecting('signed out')];
    const on = stageOf(protocolWith(() => Promise.reject(failures.shift())));
    on.connection.connect();
    await microtasks();
    expect([on.status(), on.connection.getSnapshot().error?.code]).toEqual(['reconnecting', 'provider-rejected']);
    on.environment.advance(10_000);
    await microtasks();
    expect([on.status(), on.connection.getSnapshot().error?.code]).toEqual(['failed', 'reconnect-stopped']);
    expect(on.sockets).toEqual([]);
  });

  test('is that of the connection, where many share the protocol', async () => {
    const tokens = ['ben', 'ann'];
    const protocol = protocolWith(async () => tokens.shift() ?? '');
    const [ben, ann] = [stageOf(protocol), stageOf(protocol)];
    for (const { connection } of [ben, ann]) connection.connect();
    await microtasks();
    for (const on of [ann, ben]) on.socket().accept();
    await microtasks();
    expect(said(ann)).toMatchObject([frame]);
    expect(JSON.stringify(said(ben))).toContain('"ben"');
  });
});

test('without a token, an envelope opens its socket at once', () => {
  const on = stageOf(envelope());
  on.connection.connect();
  expect(on.sockets).toHaveLength(1);
});
