import type { Candle } from '@tautline-examples/shared';
import { useEffect, useRef } from 'react';
import { createCandleChart, type CandleChart } from './candleChart';

interface CandleCanvasProps {
  readonly label: string;
  readonly candles: readonly Candle[];
  /** What they are of. */
  readonly series: string;
}

/** The chart of TradingView, which knows nothing of React. */
export function CandleCanvas({ label, candles, series }: CandleCanvasProps) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<CandleChart>(null);

  useEffect(() => {
    if (!element.current) return;
    const created = (chart.current = createCandleChart(element.current));
    return () => created.destroy();
  }, []);
  useEffect(() => chart.current?.show(candles, series), [candles, series]);

  return <div ref={element} className="candles" role="img" aria-label={label} />;
}
