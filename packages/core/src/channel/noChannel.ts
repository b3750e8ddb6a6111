import { ChannelError } from '../errors';
import type { AnyChannel } from './types';

/** What sending and leaving do where there is no channel. */
export const NO_CHANNEL: Pick<AnyChannel, 'send' | 'leave'> = {
  send() {
    const refusal = Promise.reject(
      new ChannelError('channel-left', 'There is no channel: its topic or connection is null.'),
    );
    refusal.catch(() => {}); // as with a channel: nobody has to look
    return refusal;
  },
  leave() {},
};
