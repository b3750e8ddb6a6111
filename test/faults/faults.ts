import { afterAll, describe } from 'vitest';
import { describeBadFrames } from './scenarios/badFrame';
import { describeClocks } from './scenarios/clock';
import { describeClosings } from './scenarios/closing';
import { describeDeadPaths } from './scenarios/deadPath';
import { describePages } from './scenarios/page';
import { describeProviders } from './scenarios/provider';
import { describeRefusals } from './scenarios/refusal';
import { describeServerDeaths } from './scenarios/serverDeath';
import type { Kind } from './subject/subject';

/** What a connection makes of every fault there is, over this kind of socket. */
export function describeFaults(kind: Kind): void {
  afterAll(() => kind[Symbol.asyncDispose]());
  describe(`over ${kind.name}`, () => {
    describeDeadPaths(kind);
    describeServerDeaths(kind);
    describeRefusals(kind);
    describeClosings(kind);
    describeBadFrames(kind);
    describeProviders(kind);
    describeClocks(kind);
    describePages(kind);
  });
}
