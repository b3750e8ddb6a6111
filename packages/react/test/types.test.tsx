import type { ReactNode } from 'react';
import { describe, expectTypeOf, it } from 'vitest';
import {
  ConnectionProvider,
  countBy,
  createConnection,
  createFeed,
  json,
  keepLast,
  keyBy,
  reduce,
  useConnection,
  useConnectionStatus,
  useFeed,
  useOnReconnect,
  useWebSocket,
  type Connection,
  type ConnectionStatus,
  type IncomingData,
  type OutgoingData,
  type SendOptions,
  type SendResult,
} from '../src';

interface Tick {
  id: string;
  price: number;
}
interface Order {
  buy: string;
}
const codec = json<Tick, Order>();
/** Checked by the compiler and never called: hooks want a component. */
const typesOnly = (_hooks: () => void) => {};

describe('useWebSocket infers', () => {
  it('what comes and goes from the codec', () => {
    typesOnly(() => {
      const { data, send, connection } = useWebSocket('/ws', {
        codec,
        onMessage: (message) => expectTypeOf(message).toEqualTypeOf<Tick>(),
      });
      expectTypeOf(data).toEqualTypeOf<Tick | undefined>();
      expectTypeOf(send).toEqualTypeOf<(message: Order, options?: SendOptions) => SendResult>();
      expectTypeOf(connection).toEqualTypeOf<Connection<Tick, Order>>();
      // @ts-expect-error -- no order
      send('buy');
    });
  });

  it('raw data without a codec', () => {
    typesOnly(() => {
      const { data, send } = useWebSocket(() => Promise.resolve('/ws'));
      expectTypeOf(data).toEqualTypeOf<IncomingData | undefined>();
      expectTypeOf(send).parameter(0).toEqualTypeOf<OutgoingData>();
    });
  });

  it('what comes and goes from type parameters', () => {
    typesOnly(() => {
      const { data, send } = useWebSocket<Tick, Order>('/ws', { codec: json() });
      expectTypeOf(data).toEqualTypeOf<Tick | undefined>();
      expectTypeOf(send).parameter(0).toEqualTypeOf<Order>();
    });
  });

  it('data from collect', () => {
    typesOnly(() => {
      expectTypeOf(useWebSocket('/ws', { codec, collect: keepLast<Tick>(3) }).data).toEqualTypeOf<readonly Tick[]>();
      expectTypeOf(useWebSocket('/ws', { collect: keepLast<string>(3) }).data).toEqualTypeOf<readonly string[]>();
      const byId = keyBy((tick: Tick) => tick.id);
      expectTypeOf(useWebSocket('/ws', { codec, collect: byId }).data).toEqualTypeOf<ReadonlyMap<string, Tick>>();
      const byPrice = countBy((tick: Tick) => tick.price);
      expectTypeOf(useWebSocket('/ws', { codec, collect: byPrice }).data).toEqualTypeOf<ReadonlyMap<number, number>>();
      const sum = reduce((before: number, tick: Tick) => before + tick.price, 0);
      expectTypeOf(useWebSocket('/ws', { codec, collect: sum }).data).toEqualTypeOf<number>();
      const own = { initial: () => 0, add: (before: number, tick: Tick) => before + tick.price };
      expectTypeOf(useWebSocket('/ws', { codec, collect: own }).data).toEqualTypeOf<number>();
      // @ts-expect-error -- collects what does not come
      useWebSocket('/ws', { codec, collect: keepLast<Order>(3) });
    });
  });

  it('data from select', () => {
    typesOnly(() => {
      expectTypeOf(useWebSocket('/ws', { codec, select: (tick) => tick?.price }).data).toEqualTypeOf<
        number | undefined
      >();
      const { data } = useWebSocket('/ws', {
        codec,
        collect: keepLast<Tick>(3),
        select: (ticks) => ticks.map(({ id }) => id),
        isEqual: (before, after) => before.join() === after.join(),
      });
      expectTypeOf(data).toEqualTypeOf<string[]>();
    });
  });

  it('all of it from a connection', () => {
    typesOnly(() => {
      const connection = createConnection('/ws', { codec });
      const { data, send } = useWebSocket(connection, { collect: keepLast(3), select: (ticks) => ticks[0] });
      expectTypeOf(data).toEqualTypeOf<Tick | undefined>();
      expectTypeOf(send).parameter(0).toEqualTypeOf<Order>();
      expectTypeOf(useWebSocket(connection).data).toEqualTypeOf<Tick | undefined>();
      const byId = useWebSocket(connection, { collect: keyBy((tick) => tick.id) }).data;
      expectTypeOf(byId).toEqualTypeOf<ReadonlyMap<string, Tick>>();
    });
  });

  it('that the connection may be missing only where null may be given', () => {
    typesOnly(() => {
      const url = null as string | null;
      const connection = null as Connection<Tick, Order> | null;
      expectTypeOf(useWebSocket(url, { codec }).connection).toEqualTypeOf<Connection<Tick, Order> | null>();
      expectTypeOf(useWebSocket(connection).connection).toEqualTypeOf<Connection<Tick, Order> | null>();
      expectTypeOf(useWebSocket(connection).data).toEqualTypeOf<Tick | undefined>();
    });
  });

  it('and refuses options that are none', () => {
    typesOnly(() => {
      // @ts-expect-error -- no such option
      useWebSocket('/ws', { autoConnect: true });
      // @ts-expect-error -- a number is no URL
      useWebSocket(8080);
    });
  });
});

it('useFeed tells a selector from a key', () => {
  typesOnly(() => {
    const connection = createConnection('/ws', { codec });
    const byId = createFeed(
      connection,
      keyBy((tick: Tick) => tick.id),
    );
    const last = createFeed(connection, keepLast<Tick>(3));
    expectTypeOf(useFeed(byId)).toEqualTypeOf<ReadonlyMap<string, Tick>>();
    expectTypeOf(useFeed(byId, 'a')).toEqualTypeOf<Tick | undefined>();
    expectTypeOf(useFeed(byId, (all) => all.size)).toEqualTypeOf<number>();
    expectTypeOf(useFeed(last, (ticks) => ticks[0]?.price)).toEqualTypeOf<number | undefined>();
    // @ts-expect-error -- keys are strings
    useFeed(byId, 1);
    // @ts-expect-error -- this feed has no keys
    useFeed(last, 'a');
  });
});

it('the hooks of a provider', () => {
  typesOnly(() => {
    expectTypeOf(useConnection()).toEqualTypeOf<Connection>();
    expectTypeOf(useConnection<Tick, Order>()).toEqualTypeOf<Connection<Tick, Order>>();
    expectTypeOf(useConnectionStatus()).toEqualTypeOf<ConnectionStatus>();
    useOnReconnect((reconnection) =>
      expectTypeOf(reconnection).toEqualTypeOf<{ readonly downtime: number; readonly recovered: boolean | null }>(),
    );
    expectTypeOf(
      <ConnectionProvider url="/ws" codec={codec} onMessage={(tick) => expectTypeOf(tick).toEqualTypeOf<Tick>()} />,
    ).toExtend<ReactNode>();
    expectTypeOf(<ConnectionProvider connection={createConnection('/ws', { codec })} />).toExtend<ReactNode>();
  });
});
