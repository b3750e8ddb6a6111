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
    limit: 8.4,
  },
  {
    id: 'react',
    name: 'React useWebSocket with latest',
    imports: { 'react/index': '{ useWebSocket, latest }' },
    external: REACT,
    goal: 6.0,
    limit: 10.0,
  },
  {
    id: 'vue',
    name: 'Vue useWebSocket',
    imports: { 'vue/index': '{ useWebSocket }' },
    external: ['vue'],
    goal: 6.0,
    limit: 10.0,
  },
  ...channelBudgets('envelope', 8.0, { alone: 8.0, withConnection: 15.4 }),
  ...channelBudgets('phoenix', 9.0, { alone: 9.0, withConnection: 15.8 }),
  ...channelBudgets('centrifugo', 9.5, { alone: 9.5, withConnection: 17.2 }),
  ...channelBudgets('pusher', 9.0, { alone: 9.0, withConnection: 16.6 }),
];
