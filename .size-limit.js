// min + gzip of what an app bundles, from the built packages. The goal stands in the name; `limit` is what is
// true today and may not get worse (docs/decisions/0002-size.md).
const core = 'packages/core/dist/index.js';

export default [
  {
    name: 'createConnection with json (goal: 5.0 kB)',
    path: core,
    import: '{ createConnection, json }',
    limit: '8.4 kB',
  },
  {
    name: 'React useWebSocket with latest (goal: 6.0 kB)',
    path: 'packages/react/dist/index.js',
    import: '{ useWebSocket, latest }',
    ignore: ['react', 'react-dom'],
    limit: '10 kB',
  },
  {
    name: 'Vue useWebSocket (goal: 6.0 kB)',
    path: 'packages/vue/dist/index.js',
    import: '{ useWebSocket }',
    ignore: ['vue'],
    limit: '10 kB',
  },
].map((entry) => ({ gzip: true, ...entry }));
