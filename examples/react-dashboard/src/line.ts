/** The line of this page. Everything that matters about Tautline is in this file. */
import { Ledger, type MarketMessage, type RateChanged, type StreamRequest, type Tick } from '@tautline-examples/shared';
import { keepProbing, LineWatch, onlyType, trackStream } from '@tautline-examples/shared/page';
import { createConnection, createFeed, json, keyBy, latest } from '@tautline/react';

export const SERVER = `${location.hostname}:${import.meta.env.VITE_SERVER_PORT ?? 4300}`;
export const ledger = new Ledger();
const dock = new LineWatch();

/** Connects when the first component needs it, and again whenever it is lost. */
export const market = createConnection<MarketMessage, StreamRequest>(`ws://${SERVER}/market`, {
  codec: json(),
  heartbeat: { interval: 2_000, timeout: 2_000, message: { type: 'ping' }, isPong: ({ type }) => type === 'pong' },
  reconnect: { initialDelay: 300, maxDelay: 3_000 },
  // On every new socket: say which message came last, and get the rest.
  async handshake({ send, receive }) {
    send(ledger.resume());
    const welcome = await receive();
    if (welcome.type === 'welcome') ledger.welcomed(welcome);
  },
  ...dock.options, // for the dock: what it shows of the line and does to it
});

/** The last tick of each symbol. A row that reads `useFeed(prices, 'AMBE')` renders only for that symbol, once per frame. */
export const prices = createFeed(
  onlyType(market, 'tick'),
  keyBy(({ symbol }: Tick) => symbol),
);

/** The rate that the server streams at. */
export const rates = createFeed(onlyType(market, 'rate'), latest<RateChanged>());

/** For the dock: the line, and what is counted of it. */
export const marketLine = dock.over('Market', market, trackStream(market, ledger));

/** Holds the line and the feeds for as long as the page lives, whichever tab is open. */
export function holdLine(): () => void {
  const releases = [prices.retain(), rates.retain(), keepProbing(marketLine)];
  return () => releases.forEach((release) => release());
}
