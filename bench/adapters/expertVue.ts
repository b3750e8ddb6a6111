import { createApp, defineComponent, h, onScopeDispose, shallowRef } from 'vue';
import type { Adapter } from './adapter';
import { createExpertStore } from './expertStore';

/** State by hand: a ref for each topic, set once per animation frame. */
export const adapter: Adapter = {
  showLast({ root, url, ready }, tally) {
    const Last = defineComponent(() => {
      const shown = shallowRef('');
      let last = '';
      let frame = 0;
      const socket = new WebSocket(url);
      socket.onopen = ready;
      socket.onmessage = ({ data }) => {
        last = data;
        tally.message(data);
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          shown.value = last;
        });
      };
      onScopeDispose(() => socket.close());
      return () => {
        tally.render();
        return h('p', shown.value);
      };
    });
    createApp(Last).mount(root);
  },

  showTiles({ root, url, topics, shown, ready }) {
    const store = createExpertStore(url);
    store.socket.onopen = ready;
    const Tile = defineComponent(
      ({ topic }: { topic: string }) => {
        const value = shallowRef(store.get(topic));
        onScopeDispose(
          store.subscribe(topic, () => {
            value.value = store.get(topic);
          }),
        );
        return () => h('i', value.value);
      },
      { props: ['topic'] },
    );
    const tiles = topics.slice(0, shown);
    createApp(() => tiles.map((topic) => h(Tile, { key: topic, topic }))).mount(root);
  },
};
