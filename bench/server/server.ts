// The other side, in a process of its own, so that it does not share the thread that is measured.
import { startTcpProxy } from '../../test/support/tcpProxy';
import { ROOM } from '../adapters/adapter';
import { DIALECTS, type DialectServer } from './dialects';
import { topicsOf, type LoadOrder, type ServerAddress, type ServerOrder } from './orders';

const { dialect, isFragile, ...settings } = JSON.parse(process.argv[2] ?? '{}') as ServerOrder; // who starts it gives one
const server = await DIALECTS[dialect](settings);
const proxy = await startTcpProxy({ port: server.port });
let published = 0;
let acceptedAt = 0;
let arrivals: number[] = [];
proxy.onPath(() => arrivals.push(performance.now() - acceptedAt));

const perform = async (order: LoadOrder): Promise<unknown> => {
  switch (order.type) {
    case 'burst':
      for (let count = 0; count < order.count; count++) server.publish(ROOM, messageOf(++published));
      return undefined;
    case 'stream':
      return stream(server, order);
    case 'refuse':
      await proxy.refuse();
      for (const path of [...proxy.paths]) path.cut();
      return undefined;
    case 'accept':
      acceptedAt = performance.now();
      arrivals = [];
      return proxy.accept();
    case 'arrivals':
      return arrivals;
    case 'freeze':
      for (const path of proxy.paths) path.freeze();
      return undefined;
  }
};

process.on('message', (order: LoadOrder) => void perform(order).then((result) => process.send?.({ result })));
process.on('disconnect', () => process.exit());

// Only what has to fail goes through the proxy.
const port = isFragile ? proxy.port : server.port;
process.send?.({ url: `ws://127.0.0.1:${port}${server.path}` } satisfies ServerAddress);

/** Some sixty bytes, with its number in front. */
function messageOf(number: number): string {
  return `${String(number).padStart(8, '0')} the quick brown fox jumps over the lazy dog, again`;
}

/** Values are the time at which they were sent, so that who shows one shows how old it is. */
function stream({ publish }: DialectServer, order: LoadOrder & { type: 'stream' }): Promise<[string, string][]> {
  const topics = topicsOf(order.topics);
  const last = new Map<string, string>();
  const startedAt = performance.now();
  let sent = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(order.count, Math.floor(((performance.now() - startedAt) / 1_000) * order.perSecond));
      for (; sent < due; sent++) {
        const topic = topics[(sent * STRIDE) % topics.length] ?? '';
        const value = (performance.timeOrigin + performance.now()).toFixed(2);
        last.set(topic, value);
        publish(topic, value);
      }
      if (sent < order.count) return;
      clearInterval(timer);
      resolve([...last]);
    }, 2);
  });
}

/** Topics take turns in an order that is not that of the page; it has no divisor in common with their number. */
const STRIDE = 619;
