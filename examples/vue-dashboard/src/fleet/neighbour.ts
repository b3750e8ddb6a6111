export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How much a step to the side counts against one in the direction of the arrow. */
const SIDEWAYS = 3;

/**
 * Where an arrow key leads from one of many places, Home and End included; `null` for any other key. Without a place
 * to start from it leads to the first. Where there is nothing in its direction it stays.
 */
export function neighbour(places: readonly Place[], from: number, key: string): number | null {
  const direction = DIRECTIONS[key];
  if (key === 'Home') return 0;
  if (key === 'End') return places.length - 1;
  if (!direction) return null;
  const start = places[from];
  if (!start) return 0;
  let best = from;
  let least = Infinity;
  places.forEach((place, index) => {
    const [x, y] = [place.x - start.x, place.y - start.y];
    const along = x * direction.x + y * direction.y;
    const cost = along + SIDEWAYS * Math.abs(x * direction.y - y * direction.x);
    if (along > 0.5 && cost < least) [best, least] = [index, cost];
  });
  return best;
}

const DIRECTIONS: Readonly<Record<string, Place>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};
