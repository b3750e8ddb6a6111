import { EventEmitter, on } from 'node:events';
import { createTRPCClient, createWSClient, wsLink } from '@trpc/client';
import { initTRPC } from '@trpc/server';
import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { WebSocketServer } from 'ws';
import { describeClient } from './describeClient';

const said = new EventEmitter<{ said: [string] }>();
const { procedure, router } = initTRPC.create();
const rooms = router({
  say: procedure.input(String).mutation(({ input }) => said.emit('said', input)),
  listen: procedure.subscription(async function* ({ signal }) {
    for await (const [text] of on(said, 'said', { signal })) yield String(text);
  }),
});

describeClient('tRPC', {
  mount(http) {
    applyWSSHandler({ wss: new WebSocketServer({ server: http }), router: rooms });
  },
  connect({ port, WebSocket, retryDelay }) {
    const line = createWSClient({
      url: `ws://127.0.0.1:${port}`,
      WebSocket,
      retryDelayMs: () => retryDelay,
    });
    const client = createTRPCClient<typeof rooms>({ links: [wsLink({ client: line })] });
    const heard: string[] = [];
    client.listen.subscribe(undefined, { onData: (text) => heard.push(text) });
    return {
      heard,
      say: (text) => client.say.mutate(text),
      close: () => line.close(),
    };
  },
});
