interface Timed {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A series with one sample more, and at most `length` of them. One that is there already changes nothing. */
export function append<S extends Timed>(series: readonly S[], sample: S, length: number): readonly S[] {
  if (sample.at <= (series.at(-1)?.at ?? -Infinity)) return series;
  return [...series.slice(1 - length), sample];
}

/** What the server has kept instead of what was known, but for samples that came meanwhile and are newer. */
export function refill<S extends Timed>(known: readonly S[], kept: readonly S[], length: number): readonly S[] {
  return known.reduce<readonly S[]>((series, sample) => append(series, sample, length), kept);
}

/** How often a sample does not follow the one before after `interval` milliseconds. */
export function countGaps(series: readonly Timed[], interval: number): number {
  return series.filter(({ at }, index) => index > 0 && at - (series[index - 1]?.at ?? at) !== interval).length;
}
