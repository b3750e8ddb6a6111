import { formatMilliseconds, type ChartOptions } from '@tautline-examples/shared/page';
import { useMemo } from 'react';
import { tracker } from '../line';
import { Chart } from '../parts/Chart';
import { useEvery } from '../parts/useEvery';

const OPTIONS: ChartOptions = {
  series: [{ label: 'Round trip', color: '--accent', fill: true }],
  format: formatMilliseconds,
  bare: true,
};

/** How long the newest probes took to the server and back. */
export function LatencySparkline() {
  const roundTrips = useEvery(500, tracker.roundTrips);
  const data = useMemo(() => [roundTrips.map(({ at }) => at), roundTrips.map(({ ms }) => ms)], [roundTrips]);
  const last = roundTrips.at(-1);
  return (
    <div>
      <div className="row small">
        <span className="muted grow">Round trip of the last 30 s</span>
        <span className="number">{last?.ms ? formatMilliseconds(last.ms) : '–'}</span>
      </div>
      <Chart label="Round trip of the last 30 seconds" options={OPTIONS} data={data} short />
    </div>
  );
}
