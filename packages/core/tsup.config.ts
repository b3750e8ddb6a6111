import { packageConfig } from '../../tsup.base';

const protocols = ['envelope', 'phoenix', 'centrifugo', 'pusher'];

// What the entries share is split off, so that an error thrown by a protocol is the class that core knows.
export default packageConfig({
  entry: ['src/index.ts', 'src/websocket.ts', ...protocols.map((name) => `src/protocols/${name}.ts`)],
  splitting: true,
});
