import fc from 'fast-check';
import { expect, test } from 'vitest';
import { microtasks } from './kit/fakeEnvironment';
import { stage, URL_OF_STAGE } from './kit/stage';

// Attempts that take time: providers and handshakes that answer late, or never, or after they are no longer asked.

type Command =
  | { readonly do: 'connect' | 'disconnect' | 'reconnect' | 'dispose' | 'send' }
  | { readonly do: 'answer' | 'refuse'; readonly which: number }
  | { readonly do: 'accept' | 'deliver' | 'end' }
  | { readonly do: 'shake' | 'turn-away'; readonly which: number }
  | { readonly do: 'advance'; readonly ms: number };

const which = fc.nat({ max: 3 });
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.constantFrom<Command>(
      { do: 'connect' },
      { do: 'connect' },
      { do: 'disconnect' },
      { do: 'reconnect' },
    ),
  },
  { weight: 1, arbitrary: fc.constant<Command>({ do: 'dispose' }) },
  { weight: 20, arbitrary: fc.constant<Command>({ do: 'send' }) },
  { weight: 30, arbitrary: fc.record({ do: fc.constantFrom('answer', 'answer', 'refuse'), which }) },
  {
    weight: 30,
    arbitrary: fc.constantFrom<Command>({ do: 'accept' }, { do: 'accept' }, { do: 'deliver' }, { do: 'end' }),
  },
  { weight: 30, arbitrary: fc.record({ do: fc.constantFrom('shake', 'shake', 'turn-away'), which }) },
  {
    weight: 20,
    arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(0, 500, 10_000, 20_000) }),
  },
);

interface Pending {
  readonly resolve: () => void;
  readonly reject: () => void;
}

test('whatever answers late: one live socket, nothing stray, and nothing sent before the handshake is done', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 40, size: 'max' }), async (script) => {
      const providers: Pending[] = [];
      const handshakes: Pending[] = [];
      const signals: AbortSignal[] = [];
      const pendingIn = <T>(list: Pending[], value: T) =>
        new Promise<T>((resolve, reject) => {
          list.push({ resolve: () => resolve(value), reject: () => reject(new Error('refused')) });
        });
      const { connection, environment, sockets, live } = stage<string, string>({
        url: ({ signal }) => {
          signals.push(signal);
          return pendingIn(providers, URL_OF_STAGE);
        },
        handshake: () => pendingIn(handshakes, undefined),
      });
      /** The sockets whose handshake was done. */
      const shaken = new Set<unknown>();
      connection.on('connected', () => shaken.add(live()[0]));
      let isDisposed = false;
      let sends = 0;

      for (const next of script) {
        const [socket] = live();
        switch (next.do) {
          case 'connect':
          case 'reconnect':
            if (!isDisposed) connection[next.do]();
            break;
          case 'disconnect':
            connection.disconnect();
            break;
          case 'dispose':
            isDisposed = true;
            connection.dispose();
            break;
          case 'send':
            connection.send(`m${++sends}`);
            break;
          case 'answer':
            providers.at(-1 - next.which)?.resolve();
            break;
          case 'refuse':
            providers.at(-1 - next.which)?.reject();
            break;
          case 'shake':
            handshakes.at(-1 - next.which)?.resolve();
            break;
          case 'turn-away':
            handshakes.at(-1 - next.which)?.reject();
            break;
          case 'accept':
            if (socket?.readyState === 0) socket.accept();
            break;
          case 'deliver':
            if (socket?.readyState === 1) socket.deliver('hello');
            break;
          case 'end':
            socket?.end(1006);
            break;
          case 'advance':
            environment.advance(next.ms);
        }
        await microtasks();

        for (const one of sockets) if (one.sent.length) expect(shaken.has(one)).toBe(true);
        const { status, readyState, retryAt } = connection.getSnapshot();
        expect(live().length).toBeLessThanOrEqual(1);
        expect(signals.filter((signal) => !signal.aborted).length).toBeLessThanOrEqual(1);
        if (status === 'connected') expect(live()).toHaveLength(1);
        if (status === 'disconnected' && readyState === 3) {
          expect(live()).toEqual([]);
          expect(environment.timers).toEqual([]);
        }
        if (retryAt !== null) expect(environment.timers).toHaveLength(1);
        const sent = sockets.flatMap((one) => one.sent);
        expect(sent).toEqual(Array.from({ length: sent.length }, (_, index) => `m${index + 1}`));
        if (!isDisposed) expect(sent.length + connection.queue.size).toBe(sends);
      }
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 100) },
  );
});
