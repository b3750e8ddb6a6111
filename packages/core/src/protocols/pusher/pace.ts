/** Does it, now or later; `false` when too much waits already. What does nothing, and says so, takes no turn. */
export type Pace = (act: () => boolean) => boolean;

const MAX_EVENTS = 10;
/** In milliseconds; a bit more than the second that servers count, since not all events travel equally fast. */
const WINDOW = 1_050;
/** The last of them goes before the default timeout of `send`. */
const MAX_WAITING = 90;

/**
 * At most ten events in any stretch of a second, which is what servers let a client send; what is more they refuse, and
 * nobody learns which.
 */
export function createPace(after: (delay: number, act: () => void) => void): Pace {
  const waiting: (() => boolean)[] = [];
  let slots = MAX_EVENTS;

  const free = () => {
    slots++;
    pump();
  };
  const pump = () => {
    const act = slots ? waiting.shift() : undefined;
    if (!act) return;
    slots--;
    if (act()) after(WINDOW, free);
    else free();
  };
  return (act) => {
    if (waiting.length >= MAX_WAITING) return false;
    waiting.push(act);
    pump();
    return true;
  };
}
