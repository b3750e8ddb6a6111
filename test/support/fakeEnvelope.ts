import { FakeWebSocket } from './fakeWebSocket';

type Frame = Readonly<Record<string, unknown>>;

/** The ids of requests that were answered, by socket. */
const answered = new WeakMap<FakeWebSocket, Set<unknown>>();

const framesOf = (socket: FakeWebSocket) => socket.sent.map((data) => JSON.parse(String(data)) as Frame); // envelope is JSON

/** What the newest socket carried to the server: `subscribe room`. */
export const said = (): string[] =>
  framesOf(FakeWebSocket.last).map(({ type, topic }) => [type, topic].filter(Boolean).join(' '));

/** The newest frame of a type that the newest socket carried. */
export const lastSaid = (type: string): Frame | undefined =>
  framesOf(FakeWebSocket.last).findLast((frame) => frame.type === type);

/** The server says something, all in one task. */
export const tell = (...frames: Frame[]): void =>
  FakeWebSocket.last.receive(...frames.map((frame) => JSON.stringify(frame)));

/** Somebody published to a topic. */
export const publish = (topic: string, event: string, ...payloads: unknown[]): void =>
  tell(...payloads.map((payload) => ({ type: 'event', topic, event, payload })));

/** The server agrees to whatever the newest socket asked for and got no answer to. */
export function agree(reply: Frame = {}): void {
  const socket = FakeWebSocket.last;
  const done = answered.get(socket) ?? new Set();
  answered.set(socket, done);
  const open = framesOf(socket).filter(({ id }) => id !== undefined && !done.has(id));
  for (const { id } of open) done.add(id);
  tell(...open.map(({ id }) => ({ type: 'ack', id, ...reply })));
}
