import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { DIALECTS } from './dialects';
import { hostileFrames } from './hostile';
import { ordeal, type Moment } from './ordeal';

const moments: readonly Moment[] = ['greeting', 'joining', 'joined'];

describe.each(DIALECTS)('whatever a server of $name says', (dialect) => {
  it.each(moments)(
    'while $0, nothing is thrown, nothing hangs, and channels work afterwards',
    async (moment) => {
      await fc.assert(
        fc.asyncProperty(hostileFrames(dialect.frames), (frames) => ordeal(dialect, moment, frames)),
        { numRuns: 150 },
      );
    },
    30_000,
  );
});

it('words of a server that are no text are no exception', async () => {
  const frame = '{"push":{"channel":"room","unsubscribe":{"code":2500,"reason":{"toString":{}}}}}';
  for (const dialect of DIALECTS) await ordeal(dialect, 'joined', dialect.name === 'centrifugo' ? [frame] : []);
});
