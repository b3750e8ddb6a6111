import { formatCount, formatKilobytes, QUEUE_BOUND, type WatchedLine } from '@tautline-examples/shared/page';
import { useEvery } from '../parts/useEvery';

/** What waits for a line, against what may. */
export function QueueGauge({ line: { tracker } }: { readonly line: WatchedLine }) {
  const { messages, bytes } = useEvery(250, tracker.queue);
  const { maxMessages, maxBytes } = QUEUE_BOUND;
  return (
    <div>
      <div className="row small">
        <span className="muted grow">Waiting in the queue</span>
        <span className="number">
          {formatCount(messages)} of {formatCount(maxMessages)}
          {bytes !== null && `, ${formatKilobytes(bytes)} of ${formatKilobytes(maxBytes)}`}
        </span>
      </div>
      <meter
        className="gauge"
        aria-label="Waiting in the queue"
        value={messages}
        max={maxMessages}
        high={maxMessages - 1}
      />
    </div>
  );
}
