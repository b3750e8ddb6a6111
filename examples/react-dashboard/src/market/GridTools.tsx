import { formatCount } from '@tautline-examples/shared/page';
import { Rows3, Search, Star } from 'lucide-react';
import { Choices } from '../parts/Choices';
import { RateControl } from './RateControl';
import type { Choice } from './useListings';

const LISTS = [
  { value: 'all', label: 'All', icon: Rows3 },
  { value: 'watched', label: 'Watch list', icon: Star },
] as const;

interface GridToolsProps {
  readonly count: number;
  readonly choice: Choice;
  readonly onChoice: (choice: Choice) => void;
}

/** The grid's title, what it lists, and at which rate. */
export function GridTools({ count, choice, onChoice }: GridToolsProps) {
  return (
    <header className="grid-tools">
      <h2 id="grid-title">Symbols</h2>
      <span className="muted small number">{formatCount(count)}</span>
      <p id="grid-keys" className="visually-hidden">
        Arrow keys choose a symbol, S puts it on the watch list.
      </p>
      <div className="end">
        <Choices options={LISTS} value={choice.list} onChange={(list) => onChoice({ ...choice, list })} label="List" />
        <RateControl />
        <label className="search">
          <Search aria-hidden />
          <span className="visually-hidden">Filter by symbol, name or sector</span>
          <input
            className="input"
            type="search"
            placeholder="Filter"
            value={choice.filter}
            onChange={(event) => onChoice({ ...choice, filter: event.target.value })}
          />
        </label>
      </div>
    </header>
  );
}
