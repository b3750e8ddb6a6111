/** When subscribers are told: after each message, once per animation frame, or every so many milliseconds. */
export type Flush = 'sync' | 'frame' | number;

/** How long at most, in milliseconds, where frames do not come: a hidden page, React Native in the background. */
const WITHOUT_FRAMES = 100;

/** Who waits for a frame. */
interface Due {
  flush(): void;
}

let due = new Set<Due>();
let isScheduled = false;

/** Flushes before the next paint, all in one task, so that a framework renders once. */
export function onNextFrame(who: Due): void {
  due.add(who);
  if (isScheduled) return;
  isScheduled = true;

  if (typeof requestAnimationFrame === 'function') {
    const frame = requestAnimationFrame(() => {
      clearTimeout(timer);
      runDue();
    });
    // A page that is seen gets its frame, however late; one that is hidden meanwhile would wait for ever.
    const lookAgain = () => {
      if (globalThis.document?.visibilityState === 'visible') return wait();
      cancelAnimationFrame(frame);
      runDue();
    };
    const wait = () => {
      timer = setTimeout(lookAgain, WITHOUT_FRAMES);
    };
    let timer: ReturnType<typeof setTimeout>;
    wait();
  } else if (typeof process === 'object') queueMicrotask(runDue);
  else setTimeout(runDue, WITHOUT_FRAMES);
}

function runDue(): void {
  const waited = due;
  due = new Set();
  isScheduled = false;
  for (const who of waited) who.flush();
}
