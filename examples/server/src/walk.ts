/** How far a price moves per update, as a share of itself. */
const STEP = 0.0012;
/** How strongly a price is pulled back to where the day began, so that it wanders for days and stays plausible. */
const PULL = 0.0005;

/** Where a price goes after `updates` of them. */
export function walk(price: number, open: number, random: () => number, updates = 1): number {
  const chance = (random() + random() + random() - 1.5) * 2; // near enough to a bell curve
  const drift = Math.log(open / price) * PULL * updates;
  return Math.max(0.01, cents(price * Math.exp(chance * STEP * Math.sqrt(updates) + drift)));
}

export const cents = (price: number): number => Math.round(price * 100) / 100;
