import { onTestFinished } from 'vitest';
import type { ChannelFact, ChannelSession, JoinRequest } from '../../src/session';
import type { ChannelProtocol } from '../../src/options';
import { centrifugo, type CentrifugoOptions, type Command, type Reply } from '../../src/protocols/centrifugo';
import { FakeEnvironment, microtasks } from '../kit/fakeEnvironment';

/** A session without a connection: what it sends and tells is kept, and what it hears is up to the test. */
export interface FakeLine {
  readonly session: ChannelSession<readonly Reply[]>;
  readonly environment: FakeEnvironment;
  /** Commands that were sent since the last look, as the server reads them. */
  sent(): Record<string, unknown>[];
  /** What was told since the last look. */
  told(): ChannelFact[];
  /** What the line was given up for. */
  readonly failures: unknown[];
  /** The server sends these in one frame. */
  hear(...replies: object[]): Promise<void>;
  /** The server answers the last command of that method. */
  answer(method: string, result: object): Promise<void>;
  refuse(method: string, error: { code: number; message?: string; temporary?: boolean }): Promise<void>;
  join(request?: Partial<JoinRequest>): Promise<number>;
  /** Joins, and the server agrees. */
  enter(result?: object, request?: Partial<JoinRequest>): Promise<number>;
  /** The line is over. */
  drop(): void;
}

export interface FakeLineOptions extends CentrifugoOptions {
  readonly protocol?: ChannelProtocol<readonly Reply[], Command>;
  readonly previous?: FakeLine;
  /** Frames that the server sends when asked to connect. */
  readonly welcome?: object[];
  /** What `random` returns. @default 0.5 */
  readonly chance?: number;
}

let refs = 0;

export async function fakeLine({
  previous,
  welcome = [{ id: 1, connect: { client: 'me' } }],
  chance = 0.5,
  ...options
}: FakeLineOptions = {}): Promise<FakeLine> {
  const { protocol = centrifugo(options) } = options;
  const environment = new FakeEnvironment();
  environment.chance = chance;
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const wire: Record<string, unknown>[] = [];
  const facts: ChannelFact[] = [];
  const failures: unknown[] = [];
  const lastIds = new Map<string, unknown>();
  const frameOf = (replies: object[]) => protocol.codec.decode(replies.map((each) => JSON.stringify(each)).join('\n'));

  const attempt = { attempt: 0, reason: 'connect', signal: controller.signal } as const;
  await protocol.url?.(new URL('wss://example.test'), attempt);
  const session = await protocol.open({
    ...attempt,
    clock: environment,
    previous: previous?.session ?? null,
    receive: async () => frameOf(welcome),
    send(command) {
      const frame = JSON.parse(String(protocol.codec.encode(command))) as Record<string, unknown>;
      for (const method of Object.keys(frame)) lastIds.set(method, frame['id']);
      wire.push(frame);
    },
    tell: (fact) => facts.push(fact),
    fail: (error) => failures.push(error),
  });
  const ref = () => ++refs;

  const line: FakeLine = {
    session,
    environment,
    failures,
    sent: () => wire.splice(0),
    told: () => facts.splice(0),
    async hear(...replies) {
      session.receive(frameOf(replies));
      await microtasks();
    },
    answer: (method, result) => line.hear({ id: lastIds.get(method), [method]: result }),
    refuse: (method, error) => line.hear({ id: lastIds.get(method), error: { message: 'no', ...error } }),
    async join(request) {
      const chosen = ref();
      const { signal } = new AbortController();
      await session.join({ ref: chosen, topic: 'news', params: undefined, position: undefined, signal, ...request });
      return request?.ref ?? chosen;
    },
    async enter(result = {}, request = {}) {
      const joined = await line.join(request);
      await line.answer('subscribe', result);
      return joined;
    },
    drop: () => controller.abort(),
  };
  return line;
}

/** The position in the last fact that has one. */
export const positionIn = (facts: ChannelFact[]): unknown =>
  facts.map((fact) => ('position' in fact ? fact.position : undefined)).findLast(Boolean);
