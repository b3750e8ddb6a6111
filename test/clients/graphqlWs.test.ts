import { on, EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
// The build that graphql-ws gets from Node: Vite would take the other, and two do not mix.
import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql/index.js';
import { createClient } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { describeClient } from './describeClient';

const said = new EventEmitter<{ said: [string] }>();
const text = { type: new GraphQLNonNull(GraphQLString) };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      say: {
        ...text,
        args: { text },
        resolve: (_root, args: { text: string }) => (said.emit('said', args.text), 'ok'),
      },
    },
  }),
  subscription: new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      said: { ...text, subscribe: () => on(said, 'said'), resolve: ([heard]: [string]) => heard },
    },
  }),
});

describeClient('graphql-ws', {
  mount(http) {
    const { dispose } = useServer({ schema }, new WebSocketServer({ server: http }));
    return dispose;
  },
  connect({ port, WebSocket, retryDelay }) {
    const client = createClient({
      url: `ws://127.0.0.1:${port}`,
      webSocketImpl: WebSocket,
      retryAttempts: Infinity,
      retryWait: () => wait(retryDelay),
      shouldRetry: () => true, // else an `error` event ends it
    });
    const heard: string[] = [];
    client.subscribe<{ said: string }>(
      { query: 'subscription { said }' },
      { next: ({ data }) => data && heard.push(data.said), error() {}, complete() {} },
    );
    return {
      heard,
      say: (words) =>
        client.iterate({ query: 'query ($text: String!) { say(text: $text) }', variables: { text: words } }).next(),
      close() {
        Promise.resolve(client.dispose()).catch(() => {}); // waits until it is connected, if ever, unless that is ended too
        client.terminate();
      },
    };
  },
});
