import type { ChannelPort } from '../protocol';
import type { Hub } from './hub';

/** The channels of each connection that has some. Apart, so that who only asks pays for no channels. */
export const hubs: WeakMap<ChannelPort, Hub> = /* @__PURE__ */ new WeakMap();
