import type { Adapter } from './adapter';
import { connectWith } from './tautline';

/** For who wants all clients back within 7 s of any outage, and a server that is asked more often for it. */
export const adapter: Adapter = { connect: connectWith({ reconnect: { maxDelay: 7_000 } }) };
