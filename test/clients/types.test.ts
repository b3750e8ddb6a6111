import type { IStompSocket } from '@stomp/stompjs';
import type { WebSocketClientOptions } from '@trpc/client';
import type { SocketConnectOption } from 'phoenix';
import { expectTypeOf, test } from 'vitest';
import { ReconnectingWebSocket } from '@tautline/core/websocket';

// The others take anything: graphql-ws, MQTT.js, Hocuspocus, centrifuge, and a transport of socket.io-client's.
test('clients take the class, and what it makes, as it is', () => {
  expectTypeOf(ReconnectingWebSocket).toExtend<typeof WebSocket>();
  expectTypeOf(ReconnectingWebSocket).toExtend<NonNullable<WebSocketClientOptions['WebSocket']>>();
  expectTypeOf(ReconnectingWebSocket).toExtend<SocketConnectOption['transport']>();
  expectTypeOf<ReconnectingWebSocket>().toExtend<IStompSocket>();
});
