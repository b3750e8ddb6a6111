import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider';
import { Hocuspocus } from '@hocuspocus/server';
import { WebSocketServer } from 'ws';
import { Doc } from 'yjs';
import { describeClient } from './describeClient';

describeClient('Hocuspocus', {
  mount(http) {
    const server = new Hocuspocus({
      quiet: true,
      async onChange({ document }) {
        const said = document.getArray<string>('said').toArray();
        const heard = document.getArray<string>('heard');
        heard.push(said.slice(heard.length));
      },
    });
    new WebSocketServer({ server: http }).on('connection', (socket, request) => {
      server.handleConnection(socket, request);
    });
  },
  connect({ port, WebSocket, retryDelay }) {
    const line = new HocuspocusProviderWebsocket({
      url: `ws://127.0.0.1:${port}`,
      WebSocketPolyfill: WebSocket,
      delay: retryDelay,
      minDelay: 0,
    });
    const document = new Doc();
    const provider = new HocuspocusProvider({ websocketProvider: line, name: 'room', document });
    provider.attach();
    return {
      get heard() {
        return document.getArray<string>('heard').toArray();
      },
      say: (text) => document.getArray<string>('said').push([text]),
      close() {
        provider.destroy();
        line.destroy();
      },
    };
  },
});
