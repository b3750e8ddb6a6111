import { Server, WebSocket, type Client } from 'mock-socket';
import { afterAll, expect } from 'vitest';
import { createScript } from '../../../test/support/script';
import type { WebSocketConstructor } from '../src/index';
import { describeConformance, eventually, type Difference, type Implementation, type Line } from './conformance';

const url = 'ws://mock-socket.test';
const script = createScript();
const server = new Server(url, {
  mock: false,
  selectProtocol: (offered) => (offered.includes('tautline.v2') ? 'tautline.v2' : ''),
});
afterAll(() => server.stop());

server.on('connection', (socket: Client) => {
  const { message, closed } = script.accept(socket.url, {
    send: (data) => socket.send(data),
    close: (code, reason) => socket.close({ code, reason, wasClean: true }),
    cut: () => socket.close({ code: 1006, reason: '', wasClean: false }),
  });
  socket.on('message', (data) => message(data as string));
  socket.on('close', (({ code, reason }: CloseEvent) => closed(code, reason)) as () => void); // typed without its argument
});

/** Binary arrives as the text that JavaScript makes of it. */
const becomesText = (sent: Parameters<Line['answer']>[0], text: string): Difference => ({
  how: `arrives as the text "${text}"`,
  async expect(line) {
    await line.up();
    expect(await line.answer(sent)).toBe(text);
  },
});

/** Only 1000 counts as clean, whoever closes. */
const closedUncleanly = (start: (line: Line) => unknown, close: { code: number; reason: string }): Difference => ({
  how: 'it is called unclean',
  async expect(line) {
    await line.up();
    start(line);
    await line.ended();
    await eventually(() =>
      expect(line.connection.getSnapshot()).toMatchObject({ readyState: 3, close: { ...close, wasClean: false } }),
    );
  },
});
const byServer = (code: number) =>
  closedUncleanly(({ connection }) => connection.send(`/close ${code} go away`), { code, reason: 'go away' });
const byUs = (code: number) =>
  closedUncleanly(({ connection }) => connection.disconnect(code, 'see you'), { code, reason: 'see you' });

const endsCleanly: Difference = {
  how: 'it ends with a clean 1000',
  async expect(line) {
    line.connection.connect();
    await line.ended();
    expect(line.connection.getSnapshot().close).toEqual({ code: 1000, reason: '', wasClean: true });
  },
};

const differs: Implementation['differs'] = {
  'sends the part that a typed array shows': becomesText(Uint8Array.of(1, 2), '1,2'),
  'sends the part that a DataView shows': becomesText(new DataView(new ArrayBuffer(2)), '[object DataView]'),
  'sends a Blob': {
    how: 'arrives as a Blob, whatever binaryType says',
    async expect(line) {
      await line.up();
      expect(await line.answer(new Blob(['x']))).toBeInstanceOf(Blob);
    },
  },
  'receives binary as an ArrayBuffer': becomesText('/bytes 3', '0,1,2'),
  'receives binary as a Blob when asked to': becomesText('/bytes 3', '0,1,2'),
  'does not open when the server chose none of the subprotocols': {
    how: 'it opens without one',
    async expect(line) {
      await line.up();
      expect(line.connection.getSnapshot().subprotocol).toBe('');
    },
  },
  'hears the server close with 1001': byServer(1001),
  'hears the server close with 1011': byServer(1011),
  'hears the server close with 3000': byServer(3000),
  'hears the server close with 4000': byServer(4000),
  'hears the server close with 4999': byServer(4999),
  'closes with 3000': byUs(3000),
  'closes with 4000': byUs(4000),
  'closes with 4999': byUs(4999),
  'fails an attempt once when nobody listens': endsCleanly,
  'fails an attempt once when the server refuses it': endsCleanly,
  'keeps in the queue what exceeds the high-water mark': {
    how: 'it has no bufferedAmount, so nothing waits',
    async expect(line) {
      await line.up();
      expect(line.connection.send('x'.repeat(16_000_000))).toBe('sent');
      expect(line.connection.send('second')).toBe('sent');
      await eventually(() => expect(line.messages).toHaveLength(2));
    },
  },
  'hears an open and a close that come together, each once': {
    how: 'the close is called unclean',
    async expect(line) {
      line.connection.connect();
      await line.ended();
      expect(line.connection.getSnapshot().close).toEqual({ code: 4001, reason: 'not today', wasClean: false });
      expect(line.events.map(({ event }) => event)).toEqual(['connected', 'disconnected', 'error']);
    },
  },
};

describeConformance({
  name: 'mock-socket',
  WebSocket: WebSocket as unknown as WebSocketConstructor, // lacks `bufferedAmount`
  url,
  deadUrl: 'ws://nobody.test',
  seen: script.seen,
  differs,
});
