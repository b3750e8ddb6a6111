import { formatCount, formatMilliseconds } from '@tautline-examples/shared/page';
import { useFeed, useWebSocket } from '@tautline/react';
import { Activity, ArrowDownUp, Gauge, MonitorCheck, Rows3 } from 'lucide-react';
import { ledger, market, prices, rates } from '../line';
import { Figure } from '../parts/Figure';
import { useEvery, useRate } from '../parts/useEvery';
import { changeOf } from './order';
import { rowRenders } from './rowRenders';
import { useFrameRate } from './useFrameRate';

/** The market in a few numbers, and what it costs this page. */
export function MarketFigures() {
  const messages = useRate(() => ledger.counts().incoming.received);
  const asked = useFeed(rates)?.updatesPerSecond ?? 0;
  const frames = useFrameRate();
  const renders = useRate(rowRenders.count);
  const { latency } = useWebSocket(market);
  const { rising, falling } = useEvery(500, countDirections);

  return (
    <dl className="figures">
      <Figure icon={Activity} label="Messages">
        {formatCount(messages)} <small>/s, asked for {formatCount(asked)}</small>
      </Figure>
      <Figure icon={MonitorCheck} label="Frames">
        {formatCount(frames)} <small>/s</small>
      </Figure>
      <Figure icon={Rows3} label="Row renders">
        {formatCount(renders)} <small>/s</small>
      </Figure>
      <Figure icon={Gauge} label="Latency">
        {latency === null ? '–' : formatMilliseconds(latency)}
      </Figure>
      <Figure icon={ArrowDownUp} label="Rising, falling">
        <span className="up">{formatCount(rising)}</span> <small>/</small>{' '}
        <span className="down">{formatCount(falling)}</span>
      </Figure>
    </dl>
  );
}

function countDirections() {
  let [rising, falling] = [0, 0];
  for (const tick of prices.getSnapshot().values()) {
    const change = changeOf(tick);
    if (change > 0) rising += 1;
    else if (change < 0) falling += 1;
  }
  return { rising, falling };
}
