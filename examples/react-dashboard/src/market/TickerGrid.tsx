import { LISTINGS } from '@tautline-examples/shared';
import { formatCount } from '@tautline-examples/shared/page';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Search } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { prices } from '../line';
import { useEvery } from '../parts/useEvery';
import { ColumnHeaders } from './ColumnHeaders';
import { orderSymbols, toggleOrder, type Order } from './order';
import { RateControl } from './RateControl';
import { TickerRow } from './TickerRow';

const ROW_HEIGHT = 40;
const HEADER_HEIGHT = 37;
const PAGE_ROWS = 10;

interface TickerGridProps {
  readonly selected: string;
  readonly onSelect: (symbol: string) => void;
}

/** 1,000 symbols, of which only the visible rows exist. Each row renders by itself; this component once a second, to sort. */
export function TickerGrid({ selected, onSelect }: TickerGridProps) {
  const [filter, setFilter] = useState('');
  const [order, setOrder] = useState<Order>({ column: 'symbol', descending: false });
  const ticks = useEvery(1_000, prices.getSnapshot);
  const listings = useMemo(() => orderSymbols(LISTINGS, ticks, filter, order), [ticks, filter, order]);

  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: listings.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT, // the headers stay in view
  });

  const move = (event: KeyboardEvent) => {
    const index = listings.findIndex(({ symbol }) => symbol === selected);
    const steps = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: PAGE_ROWS,
      PageUp: -PAGE_ROWS,
      Home: -listings.length,
      End: listings.length,
    }[event.key];
    if (steps === undefined) return;
    event.preventDefault();
    const target = Math.min(listings.length - 1, Math.max(0, index + steps));
    const listing = listings[target];
    if (!listing) return;
    onSelect(listing.symbol);
    virtualizer.scrollToIndex(target);
  };

  return (
    <section className="card" aria-labelledby="grid-title">
      <header>
        <h2 id="grid-title">Symbols</h2>
        <span className="muted small">{formatCount(listings.length)}</span>
        <div className="end">
          <RateControl />
          <label className="search">
            <Search aria-hidden />
            <span className="visually-hidden">Filter by symbol, name or sector</span>
            <input
              className="input"
              type="search"
              placeholder="Filter"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </label>
        </div>
      </header>
      <div
        className="ticker"
        role="grid"
        aria-labelledby="grid-title"
        aria-rowcount={listings.length + 1}
        aria-activedescendant={`row-${selected}`}
        tabIndex={0}
        ref={scroller}
        onKeyDown={move}
      >
        <ColumnHeaders order={order} onOrder={(column) => setOrder(toggleOrder(order, column))} />
        <div role="rowgroup" className="rows" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const listing = listings[index];
            if (!listing) return null;
            return (
              <TickerRow
                key={listing.symbol}
                listing={listing}
                index={index}
                top={start - HEADER_HEIGHT}
                isSelected={listing.symbol === selected}
                onSelect={onSelect}
              />
            );
          })}
        </div>
        {listings.length === 0 && <p className="empty">No symbol matches “{filter}”.</p>}
      </div>
    </section>
  );
}
