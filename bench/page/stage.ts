import type { Stage } from '../adapters/adapter';

/** An element for a participant, and a promise that it is ready. */
export function createStage(url: string): { stage: Stage; isReady: Promise<void> } {
  const root = document.createElement('main');
  document.body.append(root);
  let ready = () => {};
  const isReady = new Promise<void>((resolve) => (ready = resolve));
  return { stage: { root, url, ready }, isReady };
}

/** Waits until something is true, which is looked at every 10 ms; `false` if it is not in `patience` milliseconds. */
export function eventually(isTrue: () => boolean, patience: number): Promise<boolean> {
  const deadline = performance.now() + patience;
  return new Promise((resolve) => {
    const look = () => {
      if (isTrue()) resolve(true);
      else if (performance.now() > deadline) resolve(false);
      else setTimeout(look, 10);
    };
    look();
  });
}

/** Resolves in the second animation frame from now: what was set before is painted. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
