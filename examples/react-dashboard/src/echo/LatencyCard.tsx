import { formatMilliseconds, type ChartOptions, type EchoLine, type Latencies } from '@tautline-examples/shared/page';
import { Activity } from 'lucide-react';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { Chart } from '../parts/Chart';
import { Notice } from '../parts/Notice';

const OPTIONS: ChartOptions = {
  series: [{ label: 'Round trip', color: '--accent', fill: true }],
  format: formatMilliseconds,
  bare: true,
};

/** How long it takes there and back: the heartbeats' round trips, and those asked for. */
export function LatencyCard({ line, latencies }: { readonly line: EchoLine; readonly latencies: Latencies }) {
  const { samples, ...figures } = useSyncExternalStore(latencies.subscribe, latencies.getSnapshot);
  const data = useMemo(() => [samples.map(({ at }) => at), samples.map(({ ms }) => ms)], [samples]);
  const [problem, setProblem] = useState<string | null>(null);
  const ping = () => {
    line.ping().then(
      () => setProblem(null),
      (error: unknown) => setProblem(String(error)),
    );
  };

  return (
    <section className="card" aria-labelledby="latency-title">
      <header>
        <h2 id="latency-title">Latency</h2>
        <div className="end">
          <button type="button" className="button" onClick={ping}>
            <Activity aria-hidden />
            Ping now
          </button>
        </div>
      </header>
      <div className="body">
        <dl className="facts number">
          {Object.entries(figures).map(([name, ms]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{ms === null ? '–' : formatMilliseconds(ms)}</dd>
            </div>
          ))}
        </dl>
        <Chart label={`The newest ${samples.length} round trips`} options={OPTIONS} data={data} short />
        {problem && <Notice tone="bad">{problem}</Notice>}
      </div>
    </section>
  );
}
