import type { FeedSource } from '@tautline/core';

/** The messages of one type, as a source for a feed: `createFeed(onlyType(connection, 'tick'), ...)`. */
export function onlyType<M extends { readonly type: string }, T extends M['type']>(
  source: FeedSource<M>,
  type: T,
): FeedSource<Extract<M, { type: T }>> {
  return {
    retain: source.retain,
    on: (event, listener) =>
      source.on(event, (message) => {
        if (message.type === type) listener(message as Extract<M, { type: T }>); // the type was compared just now
      }),
  };
}
