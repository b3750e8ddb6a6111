import { once } from 'node:events';
import { onTestFinished, vi } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';

export type Frame = Record<string, unknown>;

/** A WebSocket that sends what it is told, and keeps everything that comes. */
export interface RawClient {
  readonly socket: WebSocket;
  /** What came, parsed, in order. */
  readonly frames: Frame[];
  /** The close code and reason, once there is one. */
  readonly closed: { code: number; reason: string }[];
  send(...frames: unknown[]): void;
  sendText(text: string): void;
  /** Sends a frame with an `id` and waits for the frame that repeats it. */
  ask(frame: Frame): Promise<Frame>;
  /** Waits for a frame that has these fields. */
  until(fields: Frame): Promise<Frame>;
}

/** Opens at once; cut when the test is over. */
export async function connectRaw(
  url: string,
  protocol: string | undefined = 'tautline.envelope.v1',
  options: ClientOptions = {},
): Promise<RawClient> {
  const socket = new WebSocket(url, protocol ? [protocol] : [], options);
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  const closed: RawClient['closed'] = [];
  socket.on('message', (data) => {
    for (const line of String(data).split('\n')) frames.push(JSON.parse(line));
  });
  socket.on('close', (code, reason) => closed.push({ code, reason: String(reason) }));
  socket.on('error', () => {}); // `close` follows
  await once(socket, 'open');

  const until = async (fields: Frame): Promise<Frame> => {
    const fits = (frame: Frame) => Object.entries(fields).every(([key, value]) => frame[key] === value);
    return vi.waitUntil(() => frames.find(fits), { interval: 1, timeout: 2_000 });
  };
  const sendText = (text: string) => socket.send(text);
  const send = (...all: unknown[]) => all.forEach((frame) => sendText(JSON.stringify(frame)));
  return {
    socket,
    frames,
    closed,
    send,
    sendText,
    ask(frame) {
      send(frame);
      return until({ id: frame['id'] });
    },
    until,
  };
}
