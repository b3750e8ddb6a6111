import { ChannelError, type TautlineError } from '../errors';
import type { State } from './state';

/** Why nothing will come of what was sent, or waits, in this state. */
export const whyOf = ({ memory }: State): TautlineError =>
  memory.error ?? new ChannelError('channel-left', 'The channel was left.');

/** In development: a channel waits until another one with its topic is left. */
export function warnOfParams(topic: string): void {
  try {
    if (process.env.NODE_ENV !== 'production') console.warn(`Tautline: "${topic}" waits, joined with other params.`);
  } catch {
    // Neither a bundler nor Node: production.
  }
}
