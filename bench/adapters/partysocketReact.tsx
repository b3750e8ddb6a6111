import { useWebSocket } from 'partysocket/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Adapter, Stage, Tally } from './adapter';

/** Each hook has a socket of its own. */
export const adapter: Adapter = {
  showLast(stage, tally) {
    createRoot(stage.root).render(<Last stage={stage} tally={tally} />);
  },

  showHooks({ root, url, ready }, count) {
    function Reader() {
      const [last, setLast] = useState('');
      useWebSocket(url, [], { onOpen: ready, onMessage: ({ data }) => setLast(data) });
      return <i>{last}</i>;
    }
    createRoot(root).render(Array.from({ length: count }, (_, index) => <Reader key={index} />));
  },
};

function Last({ stage, tally }: { stage: Stage; tally: Tally }) {
  const [last, setLast] = useState('');
  useWebSocket(stage.url, [], {
    onOpen: stage.ready,
    onMessage({ data }) {
      tally.message(data);
      setLast(data);
    },
  });
  tally.render();
  return <p>{last}</p>;
}
