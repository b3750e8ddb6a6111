/** Counts renders, and the animation frames they fall into, from now on. */
export function countFrames(): {
  /** To be called in each render. */
  note(): void;
  stop(): { renders: number; ticks: number; mostInOneFrame: number };
} {
  let ticks = 0;
  let renders = 0;
  const byFrame = new Map<unknown, number>();
  const tick = () => {
    ticks++;
    request = requestAnimationFrame(tick);
  };
  let request = requestAnimationFrame(tick);

  return {
    note() {
      renders++;
      const frame = document.timeline.currentTime; // the same for the whole of a frame
      byFrame.set(frame, (byFrame.get(frame) ?? 0) + 1);
    },
    stop() {
      cancelAnimationFrame(request);
      return { renders, ticks, mostInOneFrame: Math.max(0, ...byFrame.values()) };
    },
  };
}
