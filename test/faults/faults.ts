import { afterAll, describe } from 'vitest';
import { describeDeadPaths } from './scenarios/deadPath';
import type { Kind } from './subject/subject';

/** What a connection makes of every fault there is, over this kind of socket. */
export function describeFaults(kind: Kind): void {
  afterAll(() => kind[Symbol.asyncDispose]());
  describe(`over ${kind.name}`, () => {
    describeDeadPaths(kind);
  });
}
