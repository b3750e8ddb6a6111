import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Adapter, TileStage } from '../adapters/adapter';
import type { ParticipantId } from '../adapters/registry';
import { TileGrid } from '../adapters/TileGrid';
import { stopWatching, watchFrames } from './frames';
import { adapterOf, needed } from '../shared/adapterOf';
import { createStage, eventually, painted } from './stage';

export interface TilesResult {
  /** From the server's sending a value to its being in the document, in milliseconds, of a sample; since it was asked for last. */
  readonly latencies: readonly number[];
  /** How many tiles do not show the last value of their topic. */
  readonly wrong: number;
  /** Since it was asked for last, in milliseconds. */
  readonly longestFrame: number;
  /** From the last value sent until every tile was right, or until patience was over; in milliseconds. */
  readonly settledAfter: number;
}

/** How many tiles are asked how old they are. */
const SAMPLE = 20;

const latencies: number[] = [];
let tiles: readonly Element[] = [];
let topics: readonly string[] = [];

/** Resolves once the participant takes values for every tile. */
export async function startTiles(id: ParticipantId, given: Pick<TileStage, 'url' | 'topics' | 'shown'>): Promise<void> {
  const style = document.createElement('style');
  style.textContent =
    'main { display: grid; grid-template-columns: repeat(20, 1fr); font: 6px monospace } i { contain: size layout; height: 10px }';
  document.head.append(style);
  const { stage, isReady } = createStage(given.url);
  const adapter = await adapterOf(id);
  (adapter.showTiles ?? tilesOverChannels(adapter))({ ...given, ...stage });
  await isReady;
  await eventually(() => stage.root.childElementCount === given.shown, 5_000);
  tiles = [...stage.root.children];
  topics = given.topics;
  const observer = new MutationObserver((records) => {
    const now = performance.timeOrigin + performance.now();
    for (const target of new Set(records.map((record) => record.target)))
      latencies.push(now - Number(target.textContent));
  });
  for (const tile of tiles.slice(0, SAMPLE))
    observer.observe(tile, { childList: true, characterData: true, subtree: true });
  await painted();
  latencies.length = 0;
  watchFrames();
}

/** What became of it, once every tile shows the last value of its topic or `patience` milliseconds are over. */
export async function tilesSettled(
  last: readonly (readonly [string, string])[],
  patience: number,
): Promise<TilesResult> {
  const startedAt = performance.now();
  const values = new Map(last);
  const wrong = () => tiles.filter((tile, index) => tile.textContent !== values.get(topics[index] ?? '')).length;
  await eventually(() => !wrong(), patience);
  const settledAfter = performance.now() - startedAt;
  const longestFrame = stopWatching();
  watchFrames(); // for what comes next
  return { latencies: latencies.splice(0), wrong: wrong(), longestFrame, settledAfter };
}

/** For libraries without components: state in each tile, set by the handler of its topic. */
const tilesOverChannels = (adapter: Adapter) => (stage: TileStage) => {
  const setters = new Map<string, (value: string) => void>();
  needed(adapter.channels)(stage, {
    joined: stage.ready,
    value: (topic, value) => setters.get(topic)?.(value),
  });
  function Tile({ topic }: { topic: string }) {
    const [value, setValue] = useState('');
    useEffect(() => void setters.set(topic, setValue), [topic]);
    return createElement('i', null, value);
  }
  createRoot(stage.root).render(createElement(TileGrid, { topics: stage.topics.slice(0, stage.shown), Tile }));
};
