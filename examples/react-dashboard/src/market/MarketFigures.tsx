import { formatChange, formatCount } from '@tautline-examples/shared/page';
import { Activity, ArrowDownUp, ChartNoAxesCombined, MonitorCheck } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { ledger, prices } from '../line';
import { Figure } from '../parts/Figure';
import { useEvery, useRate } from '../parts/useEvery';
import { changeOf } from './order';

/** The market in four numbers. */
export function MarketFigures() {
  const messages = useRate(() => ledger.counts().incoming.received);
  const updates = useScreenUpdates();
  const { index, rising, falling } = useEvery(500, summary);

  return (
    <dl className="figures">
      <Figure icon={Activity} label="Messages">
        {formatCount(messages)} <small>/s</small>
      </Figure>
      <Figure icon={MonitorCheck} label="Screen updates">
        {formatCount(updates)} <small>/s</small>
      </Figure>
      <Figure icon={ChartNoAxesCombined} label="Index today">
        <span className={index < 0 ? 'down' : 'up'}>{formatChange(index)}</span>
      </Figure>
      <Figure icon={ArrowDownUp} label="Rising, falling">
        <span className="up">{formatCount(rising)}</span> <small>/</small>{' '}
        <span className="down">{formatCount(falling)}</span>
      </Figure>
    </dl>
  );
}

/** However many messages come, the feed tells its readers once per frame. */
function useScreenUpdates(): number {
  const count = useRef(0);
  useEffect(() => prices.subscribe(() => (count.current += 1)), []);
  return useRate(() => count.current);
}

function summary() {
  const changes = [...prices.getSnapshot().values()].map(changeOf);
  return {
    index: changes.reduce((sum, change) => sum + change, 0) / Math.max(1, changes.length),
    rising: changes.filter((change) => change > 0).length,
    falling: changes.filter((change) => change < 0).length,
  };
}
