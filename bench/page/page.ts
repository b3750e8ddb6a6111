// Runs in the page: what a measure asks a participant to do there.
import { startBurst, burstReceived } from './burst';
import { watchFrames, stopWatching } from './frames';
import { queueAndFlush } from './flush';
import { hooksShown, mountBare, mountHooks } from './hooks';
import { compareOpenings } from '../shared/openings';
import { openLine, reopened } from './frozen';
import { startTiles, tilesSettled } from './tiles';

const BENCH = {
  startBurst,
  burstReceived,
  startTiles,
  tilesSettled,
  compareOpenings,
  queueAndFlush,
  mountBare,
  mountHooks,
  hooksShown,
  openLine,
  reopened,
  watchFrames,
  stopWatching,
};

declare global {
  interface Window {
    bench: typeof BENCH;
  }
}

window.bench = BENCH;
