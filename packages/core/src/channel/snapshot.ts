import { IDLE, LET_IN, type State } from './state';
import type { ChannelSnapshot, ChannelStatus, PresenceMember } from './types';

/** The same list wherever nobody is known to be there. */
export const NOBODY: readonly PresenceMember[] = [];

/** What the public sees of a state. */
export function channelSnapshotOf(state: State, presence = NOBODY): ChannelSnapshot {
  const { error, recovered, reply } = state.memory;
  return Object.freeze({ status: statusOf(state), error, recovered, presence, joinReply: reply });
}

/** Who waits for permission, for the line or for another try is on the way, to a first membership or back to one. */
export function statusOf(state: State): ChannelStatus {
  switch (state.name) {
    case 'waiting':
    case 'joining':
    case 'backoff':
      return state.memory.wasJoined ? 'rejoining' : 'joining';
    case 'leaving':
      return state.isWanted ? 'joining' : 'leaving';
    default:
      return state.name;
  }
}

/** Before anybody asked, and while rendering on a server. */
export const IDLE_CHANNEL_SNAPSHOT: ChannelSnapshot = /* @__PURE__ */ channelSnapshotOf(IDLE);

/** The same for all who are joined and have nothing more to tell. */
export const JOINED_SNAPSHOT: ChannelSnapshot = /* @__PURE__ */ channelSnapshotOf({
  name: 'joined',
  ref: 0,
  joinedAt: 0,
  memory: LET_IN,
});
