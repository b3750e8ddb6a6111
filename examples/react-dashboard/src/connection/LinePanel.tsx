import { FaultButtons } from './FaultButtons';
import { LatencySparkline } from './LatencySparkline';
import { LedgerTable } from './LedgerTable';

/** Hurt the line, and see what that costs. */
export function LinePanel() {
  return (
    <section className="card" aria-labelledby="line-title">
      <header>
        <h2 id="line-title">Hurt the line</h2>
      </header>
      <div className="body">
        <FaultButtons />
        <LatencySparkline />
        <LedgerTable />
      </div>
    </section>
  );
}
