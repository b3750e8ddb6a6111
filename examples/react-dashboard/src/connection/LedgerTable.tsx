import { formatCount } from '@tautline-examples/shared/page';
import { tracker } from '../line';
import { useEvery } from '../parts/useEvery';

/** What went over the line, counted by the numbers on the messages. */
export function LedgerTable() {
  const { incoming, outgoing } = useEvery(250, tracker.counts);
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
        <Row label="Sent" to={outgoing.sent} from={incoming.received + incoming.missing} />
        <Row label="Received" from={incoming.received} to={outgoing.received} />
        <Row label="… after a reconnect" from={incoming.replayed} />
        <Row label="Waiting" to={outgoing.waiting} />
        <Row label="Missing" from={incoming.missing} to={outgoing.missing} isLoss />
        <Row label="Duplicated" from={incoming.duplicated} to={outgoing.duplicated} isLoss />
        <Row label="Dropped by the queue" to={outgoing.dropped} isLoss />
        {incoming.newStreams > 0 && <Row label="Streams the server forgot" from={incoming.newStreams} isLoss />}
      </tbody>
    </table>
  );
}

function Row({ label, from, to, isLoss = false }: { label: string; from?: number; to?: number; isLoss?: boolean }) {
  const cell = (count: number | undefined) =>
    count === undefined ? (
      <td aria-label="not counted" />
    ) : (
      <td className={!isLoss ? '' : count ? 'loss' : 'none'}>{formatCount(count)}</td>
    );
  return (
    <tr>
      <th scope="row">{label}</th>
      {cell(from)}
      {cell(to)}
    </tr>
  );
}
