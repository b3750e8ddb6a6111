import { LISTINGS } from '@tautline-examples/shared';
import { useState } from 'react';
import { LinePanel } from '../connection/LinePanel';
import { AlertList } from './AlertList';
import { CandleCard } from './CandleCard';
import { MarketFigures } from './MarketFigures';
import { TickerGrid } from './TickerGrid';

export function MarketPage() {
  const [symbol, setSymbol] = useState(LISTINGS[0]?.symbol ?? '');
  return (
    <>
      <MarketFigures />
      <div className="columns">
        <TickerGrid selected={symbol} onSelect={setSymbol} />
        <div className="stack">
          <CandleCard symbol={symbol} />
          <AlertList onSelect={setSymbol} />
          <LinePanel />
        </div>
      </div>
    </>
  );
}
