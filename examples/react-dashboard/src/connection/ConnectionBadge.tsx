import { detailOf, formatMilliseconds } from '@tautline-examples/shared/page';
import { useWebSocket, type Connection } from '@tautline/react';
import { useNow } from './useNow';

/** Status, attempt, countdown and latency. A screen reader hears the status, not every tenth of a second. */
export function ConnectionBadge<In, Out>({ connection }: { readonly connection: Connection<In, Out> }) {
  const { status, attempt, retryAt, paused, latency } = useWebSocket(connection, { enabled: false }); // watches only
  const now = useNow(100, retryAt !== null);
  const detail = detailOf({ status, attempt, retryAt, paused }, now);

  return (
    <span className="badge" data-status={status}>
      <span className="dot" aria-hidden />
      <span role="status">{status[0]?.toUpperCase() + status.slice(1)}</span>
      {detail && (
        <span className="detail" aria-hidden>
          {detail}
        </span>
      )}
      {status === 'connected' && latency !== null && (
        <span className="detail latency" title="Round trip of the last heartbeat">
          {formatMilliseconds(latency)}
        </span>
      )}
    </span>
  );
}
