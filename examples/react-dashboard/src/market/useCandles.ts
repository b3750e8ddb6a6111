import type { Candle, Candles, MarketMessage } from '@tautline-examples/shared';
import { createFeed, reduce, request, useFeed, useWebSocket } from '@tautline/react';
import { useEffect, useState } from 'react';
import { market } from '../line';
import { foldCandles, type LiveCandles } from './candles';

/** The answer comes over the same line as the ticks, so one feed folds both in their order: none falls between history and live. */
const live = createFeed(
  market,
  reduce((state: LiveCandles | null, message: MarketMessage) => foldCandles(state, message, Date.now()), null),
);

export interface CandlesOfSymbol {
  /** `null` while they load. */
  readonly candles: readonly Candle[] | null;
  /** Why there are none, or why they are old. */
  readonly error: unknown;
  readonly retry: () => void;
}

/** The last hour of a symbol, live. Asks for its past on every new line: what a reconnect replays comes too late for its candles. */
export function useCandles(symbol: string): CandlesOfSymbol {
  const candles = useFeed(live, (state) => (state?.symbol === symbol ? state.candles : null));
  const { connectedAt } = useWebSocket(market);
  const [retries, setRetries] = useState(0);
  const [failure, setFailure] = useState<{ readonly of: string; readonly error: unknown }>();
  const question = `${symbol} ${connectedAt} ${retries}`;

  useEffect(() => {
    if (connectedAt === null) return;
    const asking = new AbortController();
    const isAnswer = (message: MarketMessage): message is Candles =>
      message.type === 'candles' && message.symbol === symbol;
    request(market, { type: 'candles', symbol }, { match: isAnswer, signal: asking.signal }).catch((error: unknown) => {
      if (!asking.signal.aborted) setFailure({ of: question, error });
    });
    return () => asking.abort(); // another symbol was chosen
  }, [symbol, connectedAt, question]);

  return {
    candles,
    error: failure?.of === question ? failure.error : null,
    retry: () => setRetries((times) => times + 1),
  };
}
