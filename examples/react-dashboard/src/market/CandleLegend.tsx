import type { Candle } from '@tautline-examples/shared';
import { formatCompact, formatPrice } from '@tautline-examples/shared/page';

/** The newest candle in numbers. */
export function CandleLegend({ candle }: { readonly candle: Candle | undefined }) {
  if (!candle) return null;
  const { open, high, low, close, volume } = candle;
  const values = [
    ['Open', formatPrice(open)],
    ['High', formatPrice(high)],
    ['Low', formatPrice(low)],
    ['Close', formatPrice(close)],
    ['Volume', formatCompact(volume)],
  ];
  return (
    <dl className="candle-legend number">
      {values.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
