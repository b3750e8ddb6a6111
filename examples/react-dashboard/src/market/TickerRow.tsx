import type { Listing } from '@tautline-examples/shared';
import { formatChange, formatCompact, formatPrice } from '@tautline-examples/shared/page';
import { useFeed } from '@tautline/react';
import { memo, useEffect } from 'react';
import { prices } from '../line';
import { changeOf } from './order';
import { rowRenders } from './rowRenders';
import { Star } from './Star';
import { TrendLine } from './TrendLine';
import { useFlash } from './useFlash';

interface TickerRowProps {
  readonly listing: Listing;
  readonly index: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly onSelect: (symbol: string) => void;
}

/** Renders when its own symbol has a new price, and for no other. */
export const TickerRow = memo(function TickerRow({
  listing: { symbol, name },
  index,
  top,
  isSelected,
  onSelect,
}: TickerRowProps) {
  const tick = useFeed(prices, symbol);
  const cell = useFlash(tick?.price);
  useEffect(() => rowRenders.add());

  return (
    <div
      id={`row-${symbol}`}
      role="row"
      className="ticker-row"
      style={{ transform: `translateY(${top}px)` }}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      onClick={() => onSelect(symbol)}
    >
      <div role="gridcell" className="watch">
        <Star symbol={symbol} />
      </div>
      <div role="gridcell" className="symbol">
        <strong>{symbol}</strong>
        <span className="muted small">{name}</span>
      </div>
      <div role="gridcell" className="trend">
        <TrendLine symbol={symbol} />
      </div>
      <div role="gridcell" className="price" ref={cell}>
        {tick ? formatPrice(tick.price) : '–'}
      </div>
      <div role="gridcell" className={tick && changeOf(tick) < 0 ? 'change down' : 'change up'}>
        {tick ? formatChange(changeOf(tick)) : ''}
      </div>
      <div role="gridcell" className="volume muted">
        {tick ? formatCompact(tick.volume) : ''}
      </div>
    </div>
  );
});
