export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** @param share 0.95 for the 95th percentile; between two samples it is interpolated. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below = NaN, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at % 1);
}

/** Two samples of one round, divided; rounds that lack one are left out. */
export const ratios = (of: ByRound, to: ByRound): number[] => inPairs(of, to, (sample, base) => sample / base);

/** The same, subtracted. */
export const differences = (of: ByRound, from: ByRound): number[] => inPairs(of, from, (sample, base) => sample - base);

type ByRound = readonly (number | undefined)[];

const inPairs = (of: ByRound, to: ByRound, compare: (sample: number, base: number) => number): number[] =>
  of.flatMap((sample, round) => {
    const base = to[round];
    return sample === undefined || base === undefined ? [] : [compare(sample, base)];
  });

/** `1.07 (1.04 to 1.12)`: the median, and from the smallest to the largest. */
export function spread(samples: readonly number[], digits: number): string {
  if (!samples.length) return '-';
  const text = (value: number) =>
    value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const [low, high] = [text(Math.min(...samples)), text(Math.max(...samples))];
  return low === high ? text(median(samples)) : `${text(median(samples))} (${low} to ${high})`;
}
