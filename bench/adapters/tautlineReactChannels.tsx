import { createConnection } from '@tautline/core';
import { envelope } from '@tautline/core/protocols/envelope';
import { ConnectionProvider, useChannel } from '@tautline/react';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import type { Adapter } from './adapter';
import { TileGrid } from './TileGrid';

interface Events {
  update: { readonly value: string };
}

/** One channel for each tile. */
export const adapter: Adapter = {
  showTiles({ root, url, topics, shown, ready }) {
    const connection = createConnection(url, { channels: envelope() });
    let missing = shown;
    function Tile({ topic }: { topic: string }) {
      const { data, status } = useChannel<Events>(topic);
      useEffect(() => {
        if (status === 'joined' && !--missing) ready();
      }, [status]);
      return <i>{data?.payload.value}</i>;
    }
    createRoot(root).render(
      <ConnectionProvider connection={connection}>
        <TileGrid topics={topics.slice(0, shown)} Tile={Tile} />
      </ConnectionProvider>,
    );
  },
};
