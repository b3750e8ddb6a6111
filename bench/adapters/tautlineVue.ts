import { createConnection, createFeed, json, keyBy } from '@tautline/core';
import { useFeed, useWebSocket } from '@tautline/vue';
import { createApp, defineComponent, h, watch } from 'vue';
import type { Adapter, Update } from './adapter';

export const adapter: Adapter = {
  showLast({ root, url, ready }, tally) {
    const Last = defineComponent(() => {
      const { data, status } = useWebSocket<string>(url, { onMessage: tally.message });
      watch(status, (now) => now === 'connected' && ready());
      return () => {
        tally.render();
        return h('p', data.value);
      };
    });
    createApp(Last).mount(root);
  },

  showTiles({ root, url, topics, shown, ready }) {
    const connection = createConnection<Update>(url, { codec: json() });
    const feed = createFeed(
      connection,
      keyBy((update: Update) => update.topic),
    );
    connection.on('connected', ready);
    const Tile = defineComponent(
      ({ topic }: { topic: string }) => {
        const update = useFeed(feed, topic);
        return () => h('i', update.value?.value);
      },
      { props: ['topic'] },
    );
    const tiles = topics.slice(0, shown);
    createApp(() => tiles.map((topic) => h(Tile, { key: topic, topic }))).mount(root);
  },

  showHooks({ root, url, ready }, count) {
    const Reader = defineComponent(() => {
      const { data } = useWebSocket<string>(url);
      return () => h('i', data.value);
    });
    const Ready = defineComponent(() => {
      watch(useWebSocket(url).status, (now) => now === 'connected' && ready());
      return () => null;
    });
    createApp(() => [h(Ready), ...Array.from({ length: count }, (_, key) => h(Reader, { key }))]).mount(root);
  },
};
