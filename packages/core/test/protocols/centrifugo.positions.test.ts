import { describe, expect, test } from 'vitest';
import { channel, type ConnectionOptions } from '../../src/index';
import { centrifugo, type Command, type Reply } from '../../src/protocols/centrifugo';
import { microtasks } from '../kit/fakeEnvironment';
import { stage } from '../kit/stage';

type Options = ConnectionOptions<readonly Reply[], Command>;

/** A connection whose server lets it connect, and into `news`, which stands at offset 4 of the epoch `e`. */
async function joined(options: Options) {
  const on = stage(options);
  const news = channel(on.connection, 'news');
  news.retain();
  const accept = async () => {
    await microtasks();
    on.socket().accept();
    await microtasks();
    on.socket().deliver('{"id":1,"connect":{"client":"me"}}');
    await microtasks();
  };
  await accept();
  on.socket().deliver('{"id":2,"subscribe":{"recoverable":true,"offset":4,"epoch":"e"}}');
  return {
    /** What the server is asked to go on from, once the line is back. */
    async askedAfter(...codes: number[]): Promise<unknown> {
      for (const code of codes) {
        on.socket().end(code);
        on.environment.advance(10_000);
        await microtasks();
      }
      await accept();
      return (JSON.parse(String(on.socket().sent.at(-1))) as { subscribe: unknown }).subscribe;
    },
  };
}

const RECOVERS = { recover: true, epoch: 'e' };
const IS_TOLD_THAT_IT_MISSED = { recover: true, epoch: '_' };

describe('positions of a line that the server says it knows nothing of any more', () => {
  test('are void', async () => {
    const line = await joined({ channels: centrifugo() });
    expect(await line.askedAfter(3014)).toMatchObject(IS_TOLD_THAT_IT_MISSED);
  });

  test('are void also where the app says what becomes of the code', async () => {
    const line = await joined({ channels: centrifugo(), closeCodes: { 3014: 'retry-now' } });
    expect(await line.askedAfter(3014)).toMatchObject(IS_TOLD_THAT_IT_MISSED);
  });

  test('are void also when it says so to an attempt', async () => {
    const line = await joined({ channels: centrifugo() });
    expect(await line.askedAfter(1006, 3014)).toMatchObject(IS_TOLD_THAT_IT_MISSED);
  });

  test('are not those of another connection that shares the protocol', async () => {
    const channels = centrifugo();
    const [line, other] = [await joined({ channels }), await joined({ channels })];
    expect(await line.askedAfter(3014)).toMatchObject(IS_TOLD_THAT_IT_MISSED);
    expect(await other.askedAfter(1006)).toMatchObject(RECOVERS);
  });
});
