import { LISTINGS } from '@tautline-examples/shared';
import { useState } from 'react';
import { LineDock } from '../connection/LineDock';
import { marketLine } from '../line';
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
        </div>
      </div>
      <LineDock line={marketLine} />
    </>
  );
}
