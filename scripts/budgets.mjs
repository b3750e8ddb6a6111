// What an app bundles, and how large that may be: min + gzip, in kB of 1,000 bytes. `goal` is what we want; `limit` is what
// is true today and may not get worse (docs/decisions/0002-size.md).
const REACT = ['react', 'react-dom'];

/** `useChannel` and a protocol: alone, and with the connection that they run on. */
const channelBudgets = (protocol, goal, limits) => [
  {
    id: protocol,
    name: `React useChannel with ${protocol}()`,
    imports: { 'react/index': '{ useChannel }', [`core/protocols/${protocol}`]: `{ ${protocol} }` },
    external: REACT,
    goal,
    limit: limits.alone,
  },
  {
    id: `${protocol}-app`,
    name: `The same with ConnectionProvider, ${protocol}()`,
    imports: { 'react/index': '{ ConnectionProvider, useChannel }', [`core/protocols/${protocol}`]: `{ ${protocol} }` },
    external: REACT,
    goal,
    limit: limits.withConnection,
  },
];

/** Imports by entry, an entry as package and path: `core/protocols/phoenix`. */
export const BUDGETS = [
  {
    id: 'core',
    name: 'createConnection with json',
    imports: { 'core/index': '{ createConnection, json }' },
    external: [],
    goal: 5.0,
    limit: 8.37,
  },
  {
    id: 'react',
    name: 'React useWebSocket with latest',
    imports: { 'react/index': '{ useWebSocket, latest }' },
    external: REACT,
    goal: 6.0,
    limit: 10.63,
  },
  {
    id: 'vue',
    name: 'Vue useWebSocket',
    imports: { 'vue/index': '{ useWebSocket }' },
    external: ['vue'],
    goal: 6.0,
    limit: 10.75,
  },
  {
    id: 'websocket',
    name: 'ReconnectingWebSocket',
    imports: { 'core/websocket': '{ ReconnectingWebSocket }' },
    external: [],
    goal: 5.5,
    limit: 9.45,
  },
  ...channelBudgets('envelope', 8.0, { alone: 8.64, withConnection: 16.17 }),
  ...channelBudgets('phoenix', 9.0, { alone: 9.0, withConnection: 16.48 }),
  ...channelBudgets('centrifugo', 9.5, { alone: 10.56, withConnection: 18.06 }),
  ...channelBudgets('pusher', 9.0, { alone: 9.93, withConnection: 17.41 }),
];
