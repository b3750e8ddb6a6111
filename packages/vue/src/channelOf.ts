import { channel, type Channel, type ChannelLine, type ChannelOptions } from '@tautline/core';
import { computed, isProxy, toRaw, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { isPromise, startedProvider } from './target';

/** The channel of what is named now: the same for as long as the same is. Inert until somebody retains it. */
export function channelOf<Events extends object>(
  line: MaybeRefOrGetter<ChannelLine | null>,
  topic: MaybeRefOrGetter<string | null | undefined>,
  { params, events, joinTimeout, rejoin }: ChannelOptions<Events>,
): ComputedRef<Channel<Events> | null> {
  const given = computed(() => paramsOf(params));
  return computed(() => {
    const on = toRaw(toValue(line)); // channels are found by their connection's identity
    const name = toValue(topic) ?? null;
    return on && name !== null ? channel<Events>(on, name, { params: given.value, events, joinTimeout, rejoin }) : null;
  });
}

function paramsOf(params: unknown): unknown {
  const now = toValue(params);
  if (typeof params === 'function' && isPromise(now)) return startedProvider(params as () => unknown, now); // it just was one
  return isProxy(now) ? JSON.parse(JSON.stringify(now)) : now; // may be changed in place
}
