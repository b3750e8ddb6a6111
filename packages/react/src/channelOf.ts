import { channel, type Channel, type ChannelLine, type ChannelOptions } from '@tautline/core';

/** What makes the params, rendered last by any of the components that share a channel. */
const latestParams = /* @__PURE__ */ new WeakMap<object, () => unknown>();

/** The channel of this topic and these params: the same for as long as the same are named. Inert until somebody retains it. */
export function channelOf<Events extends object>(
  line: ChannelLine,
  topic: string,
  { params, events, joinTimeout, rejoin }: ChannelOptions<Events>,
): Channel<Events> {
  const first = providerOf(params);
  const latest = () => (latestParams.get(found) ?? first)?.(); // the first render may be thrown away
  const found = channel<Events>(line, topic, { params: first ? latest : params, events, joinTimeout, rejoin });
  return found;
}

/** Hands in the params that were rendered last. */
export function updateParams(channel: object, params: unknown): void {
  const provider = providerOf(params);
  if (provider) latestParams.set(channel, provider);
}

const providerOf = (params: unknown) => (typeof params === 'function' ? (params as () => unknown) : undefined); // that is how it is called
