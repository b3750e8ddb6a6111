import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { ReadyState } from 'react-use-websocket';
import { useWebSocket } from 'react-use-websocket/dist/lib/use-websocket.js'; // as a module, Node and bundlers disagree on what its default export is
import type { Adapter, Stage, Tally, Update } from './adapter';
import { TileGrid } from './TileGrid';

/** For ever, and without a long wait: what it does by default is to give up. */
const reconnecting = { shouldReconnect: () => true, reconnectAttempts: Infinity };

export const adapter: Adapter = {
  connect({ url, heartbeat }, on) {
    let send = (_text: string) => {};
    function Owner() {
      const { sendMessage } = useWebSocket(url, {
        ...reconnecting,
        heartbeat: heartbeat ? { ...answered, interval: heartbeat.interval, timeout: heartbeat.timeout } : false,
        onOpen: on.open,
        onMessage: ({ data }) => on.message(data),
      });
      useEffect(() => {
        send = sendMessage;
      }, [sendMessage]);
      return null;
    }
    const root = createRoot(document.createElement('div'));
    flushSync(() => root.render(<Owner />)); // what is sent from now on is the hook's to keep
    return { send: (text) => send(text), close: () => root.unmount() };
  },

  showLast(stage, tally) {
    createRoot(stage.root).render(<Last stage={stage} tally={tally} />);
  },

  /** One shared socket; `filter` keeps a component from rendering for others' messages. */
  showTiles({ root, url, topics, shown, ready }) {
    function Tile({ topic }: { topic: string }) {
      const start = `{"topic":"${topic}",`; // cheaper than to parse what a thousand others parse too
      const { lastJsonMessage, readyState } = useWebSocket<Update | null>(url, {
        share: true,
        filter: ({ data }) => data.startsWith(start),
      });
      useEffect(() => {
        if (readyState === ReadyState.OPEN) ready();
      }, [readyState]);
      return <i>{lastJsonMessage?.value}</i>;
    }
    createRoot(root).render(<TileGrid topics={topics.slice(0, shown)} Tile={Tile} />);
  },

  showHooks({ root, url, ready }, count) {
    function Reader() {
      return <i>{useWebSocket(url, { share: true }).lastMessage?.data}</i>;
    }
    function Ready() {
      const { readyState } = useWebSocket(url, { share: true });
      useEffect(() => {
        if (readyState === ReadyState.OPEN) ready();
      }, [readyState]);
      return null;
    }
    createRoot(root).render([
      <Ready key="ready" />,
      ...Array.from({ length: count }, (_, index) => <Reader key={index} />),
    ]);
  },
};

const answered = { message: 'ping', returnMessage: 'pong' } as const; // the types allow only some words

function Last({ stage, tally }: { stage: Stage; tally: Tally }) {
  const { lastMessage } = useWebSocket(stage.url, {
    onOpen: stage.ready,
    onMessage: ({ data }) => tally.message(data),
  });
  tally.render();
  return <p>{lastMessage?.data}</p>;
}
