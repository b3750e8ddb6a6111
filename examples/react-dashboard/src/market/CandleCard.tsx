import { CANDLE_INTERVAL, findListing } from '@tautline-examples/shared';
import { useMemo, useState } from 'react';
import { Choices } from '../parts/Choices';
import { AlertForm } from './AlertForm';
import { CandleCanvas } from './CandleCanvas';
import { CandleLegend } from './CandleLegend';
import { CandleState } from './CandleState';
import { aggregateCandles } from './candles';
import { Quote } from './Quote';
import { useCandles } from './useCandles';

const INTERVALS = [
  { value: '1', label: '5 s' },
  { value: '3', label: '15 s' },
  { value: '12', label: '1 min' },
] as const;

/** The chosen symbol over the last hour. */
export function CandleCard({ symbol }: { readonly symbol: string }) {
  const [size, setSize] = useState<(typeof INTERVALS)[number]['value']>('1');
  const { candles, error, retry } = useCandles(symbol);
  const shown = useMemo(() => candles && aggregateCandles(candles, Number(size) * CANDLE_INTERVAL), [candles, size]);
  const { name = '', sector = '' } = findListing(symbol) ?? {};

  return (
    <section className="card" aria-labelledby="chart-title">
      <header>
        <div>
          <h2 id="chart-title">{symbol}</h2>
          <p className="muted small">
            {name} · {sector}
          </p>
        </div>
        <Quote symbol={symbol} />
      </header>
      <div className="body">
        <div className="candle-tools">
          <Choices options={INTERVALS} value={size} onChange={setSize} label="One candle stands for" />
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
        <AlertForm key={symbol} symbol={symbol} />
        <p className="muted small credit">
          Charts by{' '}
          <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
            TradingView Lightweight Charts™
          </a>
        </p>
      </div>
    </section>
  );
}
