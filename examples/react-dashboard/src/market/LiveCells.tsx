import { formatChange, formatCompact, formatPrice } from '@tautline-examples/shared/page';
import { useFeed } from '@tautline/react';
import { memo, useEffect } from 'react';
import { prices } from '../line';
import { changeOf } from './order';
import { rowRenders } from './rowRenders';
import { useFlash } from './useFlash';

/** Renders when its own symbol has a new price, and for no other. */
export const LiveCells = memo(function LiveCells({ symbol }: { readonly symbol: string }) {
  const tick = useFeed(prices, symbol);
  const price = useFlash(tick?.price);
  useEffect(() => rowRenders.add());

  return (
    <>
      <div role="gridcell" className="price" ref={price}>
        {tick ? formatPrice(tick.price) : '–'}
      </div>
      <div role="gridcell" className={tick && changeOf(tick) < 0 ? 'change down' : 'change up'}>
        {tick ? formatChange(changeOf(tick)) : ''}
      </div>
      <div role="gridcell" className="volume muted">
        {tick ? formatCompact(tick.volume) : ''}
      </div>
    </>
  );
});
