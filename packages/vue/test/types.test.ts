import { describe, expectTypeOf, it } from 'vitest';
import { computed, ref, type Ref } from 'vue';
import {
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
  useWebSocket,
  type Connection,
  type ConnectionStatus,
  type IncomingData,
  type OutgoingData,
} from '../src';

interface Tick {
  readonly symbol: string;
  readonly price: number;
}
type Command = { readonly subscribe: string };
const codec = json<Tick, Command>();

/** Never called: only its types count. */
function typed() {
  const plain = useWebSocket('ws://a.test');
  expectTypeOf(plain.data).toEqualTypeOf<Readonly<Ref<IncomingData | undefined>>>();
  expectTypeOf(plain.status).toEqualTypeOf<Readonly<Ref<ConnectionStatus>>>();
  expectTypeOf(plain.retryAt).toEqualTypeOf<Readonly<Ref<number | null>>>();
  expectTypeOf(plain.connection.value).toEqualTypeOf<Connection<IncomingData, OutgoingData>>();
  expectTypeOf(plain.send).parameter(0).toEqualTypeOf<OutgoingData>();
  // @ts-expect-error readonly
  plain.status.value = 'connected';

  const ticks = useWebSocket(() => `ws://a.test/${1}`, {
    codec,
    onMessage: (tick) => expectTypeOf(tick).toEqualTypeOf<Tick>(),
  });
  expectTypeOf(ticks.data.value).toEqualTypeOf<Tick | undefined>();
  expectTypeOf(ticks.send).parameter(0).toEqualTypeOf<Command>();

  const kept = useWebSocket('ws://a.test', { codec, collect: keepLast<Tick>(5) });
  expectTypeOf(kept.data.value).toEqualTypeOf<readonly Tick[]>();
  const first = useWebSocket('ws://a.test', { codec, collect: keepLast<Tick>(5), select: (list) => list[0] });
  expectTypeOf(first.data.value).toEqualTypeOf<Tick | undefined>();
  const keyed = useWebSocket('ws://a.test', { codec, collect: countBy(({ symbol }: Tick) => symbol) });
  expectTypeOf(keyed.data.value).toEqualTypeOf<ReadonlyMap<string, number>>();
  const summed = useWebSocket('ws://a.test', {
    codec,
    collect: reduce((sum: number, tick: Tick) => sum + tick.price, 0),
  });
  expectTypeOf(summed.data.value).toEqualTypeOf<number>();
  const picked = useWebSocket('ws://a.test', { codec, select: (tick) => tick?.price ?? 0, isEqual: (a, b) => a === b });
  expectTypeOf(picked.data.value).toEqualTypeOf<number>();

  const nullable = useWebSocket(ref<string | null>(null));
  expectTypeOf(nullable.connection.value).toEqualTypeOf<Connection<IncomingData, OutgoingData> | null>();
  useWebSocket(computed(() => new URL('ws://a.test')));
  useWebSocket(() => undefined);
  useWebSocket(async () => 'ws://a.test');
  useWebSocket(async ({ attempt, signal }) => `ws://a.test/${attempt}/${signal.aborted}`);
  useWebSocket((context) => `ws://a.test/${context.reason}`, { enabled: ref(true) });
  useWebSocket('ws://a.test', { protocols: ref(['v1']) });
  useWebSocket('ws://a.test', { protocols: computed(() => 'v1') });
  useWebSocket('ws://a.test', { protocols: async ({ attempt }) => `v${attempt}` });
  // @ts-expect-error a ref of a function: which of them counts?
  useWebSocket('ws://a.test', { protocols: ref(() => 'v1') });
  // @ts-expect-error a number is no URL
  useWebSocket(() => 5);
  // @ts-expect-error no such option
  useWebSocket('ws://a.test', { reconect: false });

  const given = useWebSocket(createConnection<Tick, Command>('ws://a.test', { codec }), { collect: keepLast<Tick>(1) });
  expectTypeOf(given.data.value).toEqualTypeOf<readonly Tick[]>();
  expectTypeOf(given.connection.value).toEqualTypeOf<Connection<Tick, Command>>();

  const prices = createFeed(
    createConnection<Tick, Command>('ws://a.test', { codec }),
    keyBy(({ symbol }: Tick) => symbol),
  );
  expectTypeOf(useFeed(prices)).toEqualTypeOf<Readonly<Ref<ReadonlyMap<string, Tick>>>>();
  expectTypeOf(useFeed(prices, 'A').value).toEqualTypeOf<Tick | undefined>();
  expectTypeOf(useFeed(prices, ref('A')).value).toEqualTypeOf<Tick | undefined>();
  expectTypeOf(useFeed(prices, () => 'A').value).toEqualTypeOf<Tick | undefined>();
  expectTypeOf(useFeed(prices, (all) => all.size).value).toEqualTypeOf<number>();
  // @ts-expect-error the key is a string
  useFeed(prices, 5);

  expectTypeOf(useConnection<Tick, Command>()).toEqualTypeOf<Connection<Tick, Command>>();
  expectTypeOf(useConnectionStatus(given.connection)).toEqualTypeOf<Readonly<Ref<ConnectionStatus>>>();
  expectTypeOf(useConnectionStatus(nullable.connection)).toEqualTypeOf<Readonly<Ref<ConnectionStatus>>>();
}

describe('types', () => {
  it('follow from codec, collect and select', () => {
    expectTypeOf(typed).toBeFunction();
  });
});
