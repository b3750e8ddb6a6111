import type { SessionContext } from '../../options';
import { errorVerdict } from './verdicts';
import type { CentrifugoError, Command, Method, Reply, Results } from './wire';

export type LineContext = SessionContext<readonly Reply[], Command>;

export interface Context extends LineContext {
  /** Positions told in an earlier one are void. */
  readonly era: number;
}

/** Takes the result, or whatever is there of it when an error came instead. */
type Answer<M extends Method> = (result: Partial<Results[M]>, error?: CentrifugoError) => void;

/** Commands, and who waits for the reply to each. */
export interface Requests {
  ask<M extends Method>(method: M, body: Readonly<Record<string, unknown>>, answer?: Answer<M>): void;
  answer(reply: Reply): void;
  /** An answer to a request of the channels: tells the outcome. */
  settle(ref: number): (payload: unknown, error?: CentrifugoError) => void;
}

/** The id of `connect`, whose reply does not come here. */
export const CONNECT_ID = 1;

export function createRequests({ send, tell }: Context): Requests {
  const waiting = new Map<unknown, (reply: Reply) => void>();
  let lastId = CONNECT_ID;
  return {
    ask(method, body, answer) {
      const id = ++lastId;
      waiting.set(id, (reply) => answer?.(reply[method] ?? {}, reply.error));
      send({ id, method, body });
    },
    answer(reply) {
      const answer = waiting.get(reply.id);
      waiting.delete(reply.id);
      answer?.(reply);
    },
    settle: (ref) => (payload, error) =>
      tell(
        error
          ? { type: 'refusal', ref, message: error.message, reason: error, verdict: errorVerdict(error) }
          : { type: 'reply', ref, payload },
      ),
  };
}
