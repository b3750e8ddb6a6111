import { findListing } from '@tautline-examples/shared';
import { useState } from 'react';
import { Choices } from '../parts/Choices';
import { AlertForm } from './AlertForm';
import { CandleView } from './CandleView';
import { Quote } from './Quote';

const SIZES = [
  { value: '1', label: '5 s' },
  { value: '3', label: '15 s' },
  { value: '12', label: '1 min' },
] as const;

/** The chosen symbol over the last hour. */
export function CandleCard({ symbol }: { readonly symbol: string }) {
  const [size, setSize] = useState<(typeof SIZES)[number]['value']>('1');
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
        <CandleView symbol={symbol} size={Number(size)}>
          <Choices options={SIZES} value={size} onChange={setSize} label="One candle stands for" />
        </CandleView>
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
