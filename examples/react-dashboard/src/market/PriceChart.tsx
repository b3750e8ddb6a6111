import { LISTINGS } from '@tautline-examples/shared';
import { formatChange, formatPrice, type ChartOptions } from '@tautline-examples/shared/page';
import { useFeed } from '@tautline/react';
import { useEffect, useState } from 'react';
import { prices } from '../line';
import { Chart } from '../parts/Chart';
import { changeOf } from './order';
import { PriceHistory } from './PriceHistory';

const INTERVAL = 500;
/** Two minutes of every symbol. */
const history = new PriceHistory(240);
const OPTIONS: ChartOptions = { series: [{ label: 'Price', color: '--accent', fill: true }], format: formatPrice };

/** The chosen symbol over the last two minutes. */
export function PriceChart({ symbol }: { readonly symbol: string }) {
  const tick = useFeed(prices, symbol);
  const [, setSamples] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      history.sample(Date.now(), prices.get);
      setSamples((samples) => samples + 1);
    }, INTERVAL);
    return () => clearInterval(timer);
  }, []);
  const { name, sector } = LISTINGS.find((listing) => listing.symbol === symbol) ?? { name: '', sector: '' };

  return (
    <section className="card" aria-labelledby="chart-title">
      <header>
        <div>
          <h2 id="chart-title">{symbol}</h2>
          <p className="muted small">
            {name} · {sector}
          </p>
        </div>
        {tick && (
          <p className="end quote number">
            <strong>{formatPrice(tick.price)}</strong>
            <span className={changeOf(tick) < 0 ? 'down' : 'up'}>{formatChange(changeOf(tick))}</span>
          </p>
        )}
      </header>
      <div className="body">
        <Chart label={`Price of ${symbol} over the last two minutes`} options={OPTIONS} data={history.of(symbol)} />
      </div>
    </section>
  );
}
