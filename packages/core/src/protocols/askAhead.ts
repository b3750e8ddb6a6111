import type { AttemptContext, ChannelProtocol, Provider } from '../options';

export interface Ahead<T> {
  /** Asks. To be the protocol's `url`, which runs before every attempt and leaves the address as it is. */
  readonly url: NonNullable<ChannelProtocol['url']>;
  /** What was answered for the attempt. */
  answerFor(context: AttemptContext): T | undefined;
}

/** What is given, or what the function that is given answers. */
export const ask = <T>(provider: Provider<T>, context: AttemptContext): T | Promise<T> =>
  typeof provider === 'function' ? (provider as (context: AttemptContext) => T | Promise<T>)(context) : provider; // no T here is a function

/**
 * Asks for what the first frame carries before there is a socket: servers close one that says nothing for long. What was
 * answered belongs to the attempt, since one protocol may serve many connections.
 */
export function askAhead<T>(provider: Provider<T>): Ahead<T> {
  const answers = new WeakMap<AbortSignal, T>();
  return {
    async url(url, context) {
      answers.set(context.signal, await ask(provider, context));
      return url;
    },
    answerFor: ({ signal }) => answers.get(signal),
  };
}
