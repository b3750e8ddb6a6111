import { Refusal, type ChannelServerOptions } from '../../packages/server/src';
import type { Party } from './timeline';
import type { World } from './world';

/** What each kind of topic is like. */
export const TOPICS = ['room:a', 'room:b', 'news', 'brief', 'closed', 'feed'] as const;
export type Topic = (typeof TOPICS)[number];

/** In which somebody sees who is there. */
export const HAS_PRESENCE = new Set<string>(['room:a', 'room:b', 'feed']);

/** Nobody is let in here. */
export const CLOSED = 'closed';

/** The server subscribes clients of Centrifugo's protocol to this one by itself. */
export const FEED = 'feed';

/** The server that pages are simulated with: hooks that take their time and refuse at random, short histories, short times. */
export function serverOptions(world: World, party: Party): Omit<ChannelServerOptions, 'port' | 'server'> {
  const { chance, timeline } = world;
  const pause = async () => {
    if (world.isHealthy || !chance.is(0.3)) return;
    const delay = chance.between(1, chance.is(0.1) ? 4_000 : 300);
    await new Promise<void>((resolve) => timeline.schedule(party, delay, resolve));
  };
  const maybeRefuse = (probability: number) => {
    if (!world.isHealthy && chance.is(probability)) throw new Refusal('internal');
  };
  const authorize = async () => {
    await pause();
    maybeRefuse(0.1);
    return true;
  };
  const publish = async () => {
    await pause();
    maybeRefuse(0.05);
    return true;
  };
  const open = { authorize, publish };

  return {
    async authorize({ token, format }) {
      await pause();
      maybeRefuse(0.1);
      const tokenLife = world.isHealthy ? Infinity : world.tokenLife;
      const channels = format === 'centrifugo' ? [FEED] : [];
      return { user: token, channels, ...(tokenLife < Infinity && { expiresAt: timeline.now + tokenLife }) };
    },
    channels: {
      'room:*': { ...open, presence: true, history: { size: world.historySize, age: 20_000 } },
      news: { ...open, history: false },
      brief: { ...open, history: { size: 3, age: 3_000 } },
      [FEED]: { publish, presence: true, history: { size: world.historySize, age: 20_000 } },
      [CLOSED]: { authorize: () => false },
    },
    rpc: { note: ({ data }) => world.noted(data) },
    limits: {
      pingInterval: 4_000,
      pongTimeout: 2_000,
      handshakeTimeout: 3_000,
      maxBufferedBytes: 300,
      slowTimeout: 500,
      expiryGrace: 2_000,
    },
    onError: (error) => world.problem(`A hook threw: ${String(error)}`),
  };
}
