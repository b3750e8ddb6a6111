import { LISTINGS } from '@tautline-examples/shared';
import { useState } from 'react';
import { LinePanel } from '../connection/LinePanel';
import { MarketFigures } from './MarketFigures';
import { PriceChart } from './PriceChart';
import { TickerGrid } from './TickerGrid';

export function MarketPage() {
  const [symbol, setSymbol] = useState(LISTINGS[0]?.symbol ?? '');
  return (
    <>
      <MarketFigures />
      <div className="columns">
        <TickerGrid selected={symbol} onSelect={setSymbol} />
        <div className="stack">
          <PriceChart symbol={symbol} />
          <LinePanel />
        </div>
      </div>
    </>
  );
}
