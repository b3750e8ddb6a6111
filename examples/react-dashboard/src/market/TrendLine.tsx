import { memo, useSyncExternalStore } from 'react';
import { trends } from './marketMemory';
import { lineOf, riseOf } from './trends';

const [WIDTH, HEIGHT] = [64, 18];

/** The last minute of a symbol as a small line. Renders once a second. */
export const TrendLine = memo(function TrendLine({ symbol }: { readonly symbol: string }) {
  const trend = useSyncExternalStore(trends.subscribe, () => trends.of(symbol));
  const rise = riseOf(trend);
  if (rise === null) return null;
  return (
    <svg
      className={rise < 0 ? 'trend-line down' : 'trend-line up'}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      role="img"
      aria-label={rise < 0 ? 'falling' : 'rising'}
    >
      <polyline points={lineOf(trend, WIDTH, HEIGHT)} />
    </svg>
  );
});
