import { formatChange, formatPrice } from '@tautline-examples/shared/page';
import { useFeed } from '@tautline/react';
import { prices } from '../line';
import { changeOf } from './order';

/** The newest price of a symbol, and its change today. */
export function Quote({ symbol }: { readonly symbol: string }) {
  const tick = useFeed(prices, symbol);
  if (!tick) return null;
  return (
    <p className="end quote number">
      <strong>{formatPrice(tick.price)}</strong>
      <span className={changeOf(tick) < 0 ? 'down' : 'up'}>{formatChange(changeOf(tick))}</span>
    </p>
  );
}
