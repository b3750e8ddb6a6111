import { createConnection, json, type ConnectionOptions, type WebSocketLike } from '@tautline/core';
import { type } from 'arktype';
import * as v from 'valibot';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';

interface Price {
  symbol: string;
  price: number;
}

const schemas: [string, NonNullable<ConnectionOptions<Price>['schema']>][] = [
  ['Zod', z.object({ symbol: z.string(), price: z.number() })],
  ['Valibot', v.object({ symbol: v.string(), price: v.number() })],
  ['ArkType', type({ symbol: 'string', price: 'number' })],
];

it.each(schemas)('%s lets through what fits, and the rest is an invalid event', (_, schema) => {
  const socket = {
    close: () => {},
    send: () => {},
    binaryType: '',
    protocol: '',
    readyState: 1,
  } as unknown as WebSocketLike;
  const WebSocket = class {
    constructor() {
      return socket;
    }
  } as unknown as NonNullable<ConnectionOptions['WebSocket']>;
  using connection = createConnection('ws://prices.test', { codec: json<Price>(), schema, WebSocket });
  const heard = vi.fn();
  const refused = vi.fn();
  connection.on('message', heard);
  connection.on('invalid', refused);
  connection.connect();
  socket.onopen?.({});

  socket.onmessage?.({ data: '{"symbol":"ACME","price":1}' });
  socket.onmessage?.({ data: '{"symbol":"ACME","price":"1"}' });
  expect(heard.mock.calls).toEqual([[{ symbol: 'ACME', price: 1 }]]);
  expect(refused).toHaveBeenCalledTimes(1);
});
