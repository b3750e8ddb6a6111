import { createConnection } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { connectionPlugin, useChannel } from '@tautline/vue';
import { createApp, defineComponent, h, watch } from 'vue';
import type { Adapter } from './adapter';

interface Events {
  update: { readonly value: string };
}

/** One channel for each tile. */
export const adapter: Adapter = {
  showTiles({ root, url, topics, shown, ready }) {
    const connection = createConnection(url, { channels: envelope() });
    let missing = shown;
    const Tile = defineComponent(
      ({ topic }: { topic: string }) => {
        const { data, status } = useChannel<Events>(topic);
        watch(status, (now) => now === 'joined' && !--missing && ready());
        return () => h('i', data.value?.payload.value);
      },
      { props: ['topic'] },
    );
    const tiles = topics.slice(0, shown);
    createApp(() => tiles.map((topic) => h(Tile, { key: topic, topic })))
      .use(connectionPlugin, connection)
      .mount(root);
  },
};
