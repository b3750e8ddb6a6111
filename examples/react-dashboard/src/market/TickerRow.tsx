import type { Listing } from '@tautline-examples/shared';
import { memo } from 'react';
import { LiveCells } from './LiveCells';
import { Star } from './Star';
import { TrendLine } from './TrendLine';

interface TickerRowProps {
  readonly listing: Listing;
  readonly index: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly onSelect: (symbol: string) => void;
}

/** A symbol's place in the grid. What changes with its price renders by itself. */
export const TickerRow = memo(function TickerRow({
  listing: { symbol, name },
  index,
  top,
  isSelected,
  onSelect,
}: TickerRowProps) {
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
      <LiveCells symbol={symbol} />
    </div>
  );
});
