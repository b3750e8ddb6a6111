import { formatMilliseconds, type ChartOptions, type WatchedLine } from '@tautline-examples/shared/page';
import { useMemo } from 'react';
import { Chart } from '../parts/Chart';
import { useEvery } from '../parts/useEvery';

const OPTIONS: ChartOptions = {
  series: [{ label: 'Round trip', color: '--accent', fill: true }],
  format: formatMilliseconds,
  bare: true,
};

/** How long the newest messages took to the server and back. */
export function LatencySparkline({ line: { tracker } }: { readonly line: WatchedLine }) {
  const roundTrips = useEvery(500, tracker.roundTrips);
  const data = useMemo(() => [roundTrips.map(({ at }) => at), roundTrips.map(({ ms }) => ms)], [roundTrips]);
  const last = roundTrips.at(-1)?.ms ?? null;
  return (
    <div>
      <div className="row small">
        <span className="muted grow">Round trip</span>
        <span className="number">{last === null ? '–' : formatMilliseconds(last)}</span>
      </div>
      <Chart label="Round trips of the newest messages" options={OPTIONS} data={data} short />
    </div>
  );
}
