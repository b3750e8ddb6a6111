import type { AttemptContext, ChannelProtocol } from '../options';

export interface Ahead<T> {
  /** Asks. To be the protocol's `url`, which runs before every attempt and leaves the address as it is. */
  readonly url: NonNullable<ChannelProtocol['url']>;
  /** What was answered for the attempt. */
  answerFor(context: AttemptContext): T | undefined;
}

/**
 * Asks for what the first frame carries before there is a socket: servers close one that says nothing for long. What was
 * answered belongs to the attempt, since one protocol may serve many connections.
 */
export function askAhead<T>(ask: (context: AttemptContext) => Promise<T>): Ahead<T> {
  const answers = new WeakMap<AbortSignal, T>();
  return {
    async url(url, context) {
      answers.set(context.signal, await ask(context));
      return url;
    },
    answerFor: ({ signal }) => answers.get(signal),
  };
}
