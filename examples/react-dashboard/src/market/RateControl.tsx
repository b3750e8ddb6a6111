import { MAX_RATE } from '@tautline-examples/shared';
import { formatCount } from '@tautline-examples/shared/page';
import { useFeed } from '@tautline/react';
import { useId } from 'react';
import { market, rates } from '../line';

const RATES = [100, 1_000, 2_000, 5_000, MAX_RATE];

/** How many updates per second the server shall send. What it shows is what the server confirmed. */
export function RateControl() {
  const id = useId();
  const rate = useFeed(rates)?.updatesPerSecond ?? 0;
  return (
    <div className="row">
      <label className="muted small" htmlFor={id}>
        Updates/s
      </label>
      <select
        id={id}
        className="select"
        value={rate}
        onChange={(event) => market.send({ type: 'rate', updatesPerSecond: Number(event.target.value) })}
      >
        {!RATES.includes(rate) && <option value={rate}>{formatCount(rate)}</option>}
        {RATES.map((choice) => (
          <option key={choice} value={choice}>
            {formatCount(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}
