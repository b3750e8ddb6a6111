import { createSharedComposable, useIntervalFn, useWebSocket } from '@vueuse/core';
import { createApp, defineComponent, effectScope, h, shallowRef, watch } from 'vue';
import type { Adapter, Update } from './adapter';

export const adapter: Adapter = {
  connect({ url, heartbeat }, on) {
    const scope = effectScope();
    const socket = scope.run(() =>
      useWebSocket<string>(url, {
        autoReconnect: true,
        ...(heartbeat && {
          heartbeat: {
            message: 'ping',
            responseMessage: 'pong',
            scheduler: (ping) => useIntervalFn(ping, heartbeat.interval, { immediate: false }),
            pongTimeout: heartbeat.timeout,
          },
        }),
        onConnected: on.open,
        onMessage: (_socket, { data }) => on.message(data),
      }),
    );
    return { send: (text) => void socket?.send(text), close: () => scope.stop() };
  },

  showLast({ root, url, ready }, tally) {
    const Last = defineComponent(() => {
      const { data } = useWebSocket<string>(url, {
        onConnected: ready,
        onMessage: (_socket, event) => tally.message(event.data),
      });
      return () => {
        tally.render();
        return h('p', data.value ?? '');
      };
    });
    createApp(Last).mount(root);
  },

  /** One shared socket, and a watcher in each component. */
  showTiles({ root, url, topics, shown, ready }) {
    const useShared = createSharedComposable(() => useWebSocket<string>(url, { onConnected: ready }));
    const Tile = defineComponent(
      ({ topic }: { topic: string }) => {
        const start = `{"topic":"${topic}",`; // cheaper than to parse what a thousand others parse too
        const { data } = useShared();
        const value = shallowRef('');
        watch(data, (text) => {
          if (text?.startsWith(start)) value.value = (JSON.parse(text) as Update).value; // the server says no other
        });
        return () => h('i', value.value);
      },
      { props: ['topic'] },
    );
    const tiles = topics.slice(0, shown);
    createApp(() => tiles.map((topic) => h(Tile, { key: topic, topic }))).mount(root);
  },

  showHooks({ root, url, ready }, count) {
    const useShared = createSharedComposable(() => useWebSocket<string>(url, { onConnected: ready }));
    const Reader = defineComponent(() => {
      const { data } = useShared();
      return () => h('i', data.value ?? '');
    });
    createApp(() => Array.from({ length: count }, (_, key) => h(Reader, { key }))).mount(root);
  },
};
