import { formatCount, ledgerRowsOf, type WatchedLine } from '@tautline-examples/shared/page';
import { useEvery } from '../parts/useEvery';

/** What went over the line, counted by the numbers on the messages. */
export function LedgerTable({ line: { tracker } }: { readonly line: WatchedLine }) {
  const rows = useEvery(250, () => ledgerRowsOf(tracker.counts()));
  return (
    <table className="ledger">
      <caption className="visually-hidden">Messages by what became of them</caption>
      <thead>
        <tr>
          <td />
          <th scope="col">From server</th>
          <th scope="col">To server</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, from, to, isLoss }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <Cell count={from} isLoss={isLoss} />
            <Cell count={to} isLoss={isLoss} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ count, isLoss }: { readonly count?: number | undefined; readonly isLoss?: boolean | undefined }) {
  if (count === undefined) return <td aria-label="not counted" />;
  return <td className={!isLoss ? '' : count ? 'loss' : 'none'}>{formatCount(count)}</td>;
}
