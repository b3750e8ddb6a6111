import type { ChannelPort } from '../session';
import type { Hub } from './parts';

/** The channels of each connection that has some. Apart, so that who only asks pays for no channels. */
export const hubs: WeakMap<ChannelPort, Hub> = /* @__PURE__ */ new WeakMap();
