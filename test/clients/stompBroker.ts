import { FrameImpl, Parser } from '@stomp/stompjs';
import type { WebSocket, WebSocketServer } from 'ws';

interface Subscription {
  readonly id: string;
  readonly destination: string;
}

/**
 * As much of a broker as a client needs that subscribes, sends and leaves. It takes its frames apart with the
 * client's own parser.
 *
 * @see https://stomp.github.io/stomp-specification-1.2.html
 */
export function serveStomp(sockets: WebSocketServer): void {
  const subscriptions = new Map<WebSocket, Subscription[]>();
  let messages = 0;

  const publish = (destination: string, body: string) => {
    for (const [socket, own] of subscriptions) {
      for (const { id } of own.filter((each) => each.destination === destination)) {
        const headers = { subscription: id, destination, 'message-id': String(messages++) };
        socket.send(frameOf('MESSAGE', headers, body));
      }
    }
  };

  sockets.on('connection', (socket) => {
    const own: Subscription[] = [];
    subscriptions.set(socket, own);
    socket.on('close', () => subscriptions.delete(socket));
    const parser = new Parser(
      (raw) => {
        const { command, headers, body } = FrameImpl.fromRawFrame(raw, true);
        const { id = '', destination = '', receipt = '' } = headers;
        if (command === 'CONNECT') socket.send(frameOf('CONNECTED', { version: '1.2', 'heart-beat': '0,0' }));
        if (command === 'SUBSCRIBE') own.push({ id, destination });
        if (command === 'SEND') publish(destination, body);
        if (receipt) socket.send(frameOf('RECEIPT', { 'receipt-id': receipt }));
      },
      () => {}, // a heartbeat
    );
    socket.on('message', (data) => parser.parseChunk(String(data)));
  });
}

const frameOf = (command: string, headers: Record<string, string>, body = '') =>
  String(new FrameImpl({ command, headers, body }).serialize());
