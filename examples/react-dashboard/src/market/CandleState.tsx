import { TimeoutError } from '@tautline/react';
import { RotateCw } from 'lucide-react';
import { Notice } from '../parts/Notice';

interface CandleStateProps {
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Over the chart: that its past is on the way, or why it is not. */
export function CandleState({ isLoading, error, onRetry }: CandleStateProps) {
  if (error === null) return isLoading ? <p className="candle-state muted">Loading candles…</p> : null;
  return (
    <div className="candle-state">
      <Notice tone="warn">{textOf(error)}</Notice>
      <button type="button" className="button" onClick={onRetry}>
        <RotateCw aria-hidden />
        Try again
      </button>
    </div>
  );
}

function textOf(error: unknown): string {
  if (error instanceof TimeoutError) return 'The server did not send the candles in time.';
  return `The candles did not come: ${error instanceof Error ? error.message : String(error)}`;
}
