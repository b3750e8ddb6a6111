import { ArrowDown, ArrowUp } from 'lucide-react';
import { COLUMNS, type Column, type Order } from './order';

const LABELS: Record<Column, string> = {
  symbol: 'Symbol',
  trend: '1 min',
  price: 'Price',
  change: 'Change',
  volume: 'Volume',
};

export function ColumnHeaders({
  order,
  onOrder,
}: {
  readonly order: Order;
  readonly onOrder: (column: Column) => void;
}) {
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <div role="rowgroup" className="headers">
      <div role="row" className="ticker-row" aria-rowindex={1}>
        <div role="columnheader" className="watch">
          <span className="visually-hidden">Watched</span>
        </div>
        {COLUMNS.map((column) => {
          const isSorted = column === order.column;
          return (
            <div
              key={column}
              role="columnheader"
              className={column}
              aria-sort={!isSorted ? 'none' : order.descending ? 'descending' : 'ascending'}
            >
              <button type="button" onClick={() => onOrder(column)}>
                {LABELS[column]}
                {isSorted && <Arrow aria-hidden />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
