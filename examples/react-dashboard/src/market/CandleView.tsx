import { CANDLE_INTERVAL } from '@tautline-examples/shared';
import { useMemo, type ReactNode } from 'react';
import { CandleCanvas } from './CandleCanvas';
import { CandleLegend } from './CandleLegend';
import { CandleState } from './CandleState';
import { aggregateCandles } from './candles';
import { useCandles } from './useCandles';

interface CandleViewProps {
  readonly symbol: string;
  /** How many of the server's candles make one. */
  readonly size: number;
  /** Stands beside the legend. */
  readonly children: ReactNode;
}

/** Renders with each tick of the symbol, and so holds nothing that does not change with it. */
export function CandleView({ symbol, size, children }: CandleViewProps) {
  const { candles, error, retry } = useCandles(symbol);
  const shown = useMemo(() => candles && aggregateCandles(candles, size * CANDLE_INTERVAL), [candles, size]);

  return (
    <>
      <div className="candle-tools">
        {children}
        <CandleLegend candle={shown?.at(-1)} />
      </div>
      <div className="candle-area">
        <CandleCanvas
          label={`Price and volume of ${symbol} as ${shown?.length ?? 0} candles`}
          candles={shown ?? []}
          series={`${symbol} ${size}`}
        />
        <CandleState isLoading={!candles} error={error} onRetry={retry} />
      </div>
    </>
  );
}
