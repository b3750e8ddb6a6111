import type { WebSocketConstructor } from '@tautline/core';
import { onTestFinished } from 'vitest';
import { FakeEnvironment } from '../../../packages/core/test/kit/fakeEnvironment';
import { openLine, type Line, type Setting } from './line';
import type { Kind, Subject } from './subject';

/** Real sockets of a class for Node. */
export function nodeKind(name: string, Socket: WebSocketConstructor): Kind {
  const open = (setting: Setting, environment: Partial<FakeEnvironment> = {}): Line => {
    const line = openLine(setting, Socket, environment);
    onTestFinished(line.dispose);
    return line;
  };
  return {
    name,
    tells: { 1004: 1006, 1015: 1006 },
    open: async (setting) => subjectOf(open(setting)),
    async openWorld() {
      const environment = new FakeEnvironment();
      return {
        open: async (setting) => subjectOf(open(setting, environment)),
        advance: async (milliseconds) => environment.advance(milliseconds),
        sleep: async (milliseconds) => environment.sleep(milliseconds),
        tell: async (fact) => environment.tell(fact),
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

const subjectOf = (line: Line): Subject => ({
  report: async () => structuredClone(line.report()), // as it is now, like what comes out of a page
  connect: async () => line.connect(),
  send: async (message) => line.send(message),
});
