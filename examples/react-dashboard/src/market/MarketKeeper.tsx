import { formatPrice } from '@tautline-examples/shared/page';
import { useEffect } from 'react';
import { market, prices } from '../line';
import { toaster } from '../parts/toaster';
import { conditionOf } from './alerts';
import { alertBook, trends } from './marketMemory';

/** What goes on whichever tab is open: alerts, and the small lines of the last minute. */
export function MarketKeeper() {
  useEffect(watchAlerts, []);
  useEffect(() => {
    const timer = setInterval(() => trends.sample(prices.getSnapshot()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return null;
}

/** Listens to every message: state is shown once per frame, and the tick that counts may not be the last one in it. */
function watchAlerts(): () => void {
  return market.on('message', (message) => {
    if (message.type !== 'tick') return;
    for (const alert of alertBook.receive(message, Date.now())) {
      toaster.create({
        title: `${alert.symbol} is ${conditionOf(alert)}`,
        description: `It costs ${formatPrice(message.price)} now.`,
        type: 'warning',
      });
    }
  });
}
