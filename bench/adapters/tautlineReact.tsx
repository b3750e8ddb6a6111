import { createConnection, createFeed, json, keyBy } from '@tautline/core';
import { useFeed, useWebSocket } from '@tautline/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { Adapter, Stage, Tally, Update } from './adapter';
import { TileGrid } from './TileGrid';

export const adapter: Adapter = {
  showLast(stage, tally) {
    createRoot(stage.root).render(<Last stage={stage} tally={tally} />);
  },

  showTiles({ root, url, topics, shown, ready }) {
    const connection = createConnection<Update>(url, { codec: json() });
    const feed = createFeed(
      connection,
      keyBy((update: Update) => update.topic),
    );
    connection.on('connected', ready);
    function Tile({ topic }: { topic: string }) {
      return <i>{useFeed(feed, topic)?.value}</i>;
    }
    createRoot(root).render(<TileGrid topics={topics.slice(0, shown)} Tile={Tile} />);
  },

  showHooks({ root, url, ready }, count) {
    function Reader() {
      return <i>{useWebSocket<string>(url).data}</i>;
    }
    function Ready() {
      const { status } = useWebSocket(url);
      useEffect(() => {
        if (status === 'connected') ready();
      }, [status]);
      return null;
    }
    createRoot(root).render([
      <Ready key="ready" />,
      ...Array.from({ length: count }, (_, index) => <Reader key={index} />),
    ]);
  },
};

function Last({ stage, tally }: { stage: Stage; tally: Tally }) {
  const { data, status } = useWebSocket<string>(stage.url, { onMessage: tally.message });
  useEffect(() => {
    if (status === 'connected') stage.ready();
  }, [stage, status]);
  tally.render();
  return <p>{data}</p>;
}
