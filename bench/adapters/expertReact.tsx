import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { Adapter, Stage, Tally } from './adapter';
import { createExpertStore } from './expertStore';
import { TileGrid } from './TileGrid';

/** State by hand: what came is kept outside of React, which hears of it once per animation frame. */
export const adapter: Adapter = {
  showLast(stage, tally) {
    createRoot(stage.root).render(<Last stage={stage} tally={tally} />);
  },

  showTiles({ root, url, topics, shown, ready }) {
    const store = createExpertStore(url);
    store.socket.onopen = ready;
    function Tile({ topic }: { topic: string }) {
      const subscribe = useCallback((listener: () => void) => store.subscribe(topic, listener), [topic]);
      return <i>{useSyncExternalStore(subscribe, () => store.get(topic))}</i>;
    }
    createRoot(root).render(<TileGrid topics={topics.slice(0, shown)} Tile={Tile} />);
  },

  /** One socket outside of React, and a store that all components look at. */
  showHooks({ root, url, ready }, count) {
    const listeners = new Set<() => void>();
    let last = '';
    const socket = new WebSocket(url);
    socket.onopen = ready;
    socket.onmessage = ({ data }) => {
      last = data;
      for (const listener of listeners) listener();
    };
    const subscribe = (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    };
    const getLast = () => last;
    function Reader() {
      return <i>{useSyncExternalStore(subscribe, getLast)}</i>;
    }
    createRoot(root).render(Array.from({ length: count }, (_, index) => <Reader key={index} />));
  },
};

function Last({ stage, tally }: { stage: Stage; tally: Tally }) {
  const [shown, show] = useState('');
  useEffect(() => {
    const socket = new WebSocket(stage.url);
    let last = '';
    let frame = 0;
    socket.onopen = stage.ready;
    socket.onmessage = ({ data }) => {
      last = data;
      tally.message(data);
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        show(last);
      });
    };
    return () => socket.close();
  }, [stage, tally]);
  tally.render();
  return <p>{shown}</p>;
}
