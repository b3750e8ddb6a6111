/**
 * Run to completion: an event that arrives while another is being handled waits for its end, so
 * that a listener that calls back in never sees a half-made step.
 */
export function createMailbox<E>(handle: (event: E) => void): (event: E) => void {
  const waiting: E[] = [];
  let busy = false;

  return (event) => {
    waiting.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = waiting.shift(); next; next = waiting.shift()) handle(next);
    } finally {
      busy = false;
    }
  };
}
