import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent } from 'react';
import { ColumnHeaders } from './ColumnHeaders';
import { GridTools } from './GridTools';
import { toggleOrder } from './order';
import { TickerRow } from './TickerRow';
import { useListings, type Choice } from './useListings';
import { toggleWatched } from './watchList';

const ROW_HEIGHT = 40;
const HEADER_HEIGHT = 37;
const PAGE_ROWS = 10;

interface TickerGridProps {
  readonly selected: string;
  readonly onSelect: (symbol: string) => void;
}

/** 1,000 symbols, of which only the visible rows exist. Each row renders by itself; this component once a second, to sort. */
export function TickerGrid({ selected, onSelect }: TickerGridProps) {
  const [choice, setChoice] = useState<Choice>({
    list: 'all',
    filter: '',
    order: { column: 'symbol', descending: false },
  });
  const { order } = choice;
  const listings = useListings(choice);

  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: listings.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT, // the headers stay in view
  });

  const select = (target: number) => {
    const index = Math.min(listings.length - 1, Math.max(0, target));
    const listing = listings[index];
    if (!listing) return;
    onSelect(listing.symbol);
    virtualizer.scrollToIndex(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return; // not for us
    const index = listings.findIndex(({ symbol }) => symbol === selected);
    const target = targetOf(event.key, index, listings.length);
    if (target !== undefined) select(target);
    else if (event.key.toLowerCase() === 's') toggleWatched(selected);
    else return;
    event.preventDefault();
  };
  const rows = virtualizer.getVirtualItems();

  return (
    <section className="card" aria-labelledby="grid-title">
      <GridTools count={listings.length} choice={choice} onChoice={setChoice} />
      <div
        className="ticker"
        data-list={choice.list}
        role="grid"
        aria-labelledby="grid-title"
        aria-describedby="grid-keys"
        aria-rowcount={listings.length + 1}
        aria-activedescendant={
          rows.some(({ index }) => listings[index]?.symbol === selected) ? `row-${selected}` : undefined
        }
        tabIndex={0}
        ref={scroller}
        onKeyDown={onKeyDown}
      >
        <ColumnHeaders
          order={order}
          onOrder={(column) => setChoice({ ...choice, order: toggleOrder(order, column) })}
        />
        <div role="rowgroup" className="rows" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, start }) => {
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
        {listings.length === 0 && <p className="empty">{whyEmpty(choice)}</p>}
      </div>
    </section>
  );
}

function targetOf(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'PageDown':
      return index + PAGE_ROWS;
    case 'PageUp':
      return index - PAGE_ROWS;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

function whyEmpty({ list, filter }: Choice): string {
  if (filter) return `No symbol matches “${filter}”.`;
  return list === 'watched' ? 'Nothing is watched yet. Give a symbol a star, or press S on it.' : 'No symbols.';
}
