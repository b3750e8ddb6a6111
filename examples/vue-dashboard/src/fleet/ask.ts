import type { Answer, FleetCommand, FleetMessage, StreamRequest } from '@tautline-examples/shared';
import { ConnectionClosedError, request, type Connection } from '@tautline/vue';

/** How long to wait for an answer, and for the line, in milliseconds. */
const PATIENCE = 30_000;
let requests = 0;

/**
 * Has the server do something. While the line is down the command waits in the queue. When the line was lost before the
 * answer, it is asked again: the commands are such that twice is as good as once.
 *
 * @throws {Error} that says why the server refused it, or that no answer came
 */
export async function ask(line: Connection<FleetMessage, StreamRequest>, command: FleetCommand): Promise<void> {
  const number = ++requests;
  const isAnswer = (message: FleetMessage): message is Answer =>
    message.type === 'answer' && message.request === number;
  for (;;) {
    try {
      const message = { type: 'command', request: number, command } as const;
      const { refused } = await request(line, message, { match: isAnswer, timeout: PATIENCE });
      if (refused !== null) throw new Error(refused);
      return;
    } catch (error) {
      if (!(error instanceof ConnectionClosedError)) throw error;
    }
  }
}
