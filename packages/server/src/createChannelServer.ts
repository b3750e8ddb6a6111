import { ChannelServer } from './channelServer';
import type { ChannelServerOptions } from './options';

/**
 * Makes a channel server, on an HTTP server that there is or on one of its own.
 *
 * @throws {TypeError} without `server` and `port`, or with both
 * @throws {RangeError} for a limit or a history that cannot be
 */
export function createChannelServer(options: ChannelServerOptions): ChannelServer {
  return new ChannelServer(options);
}
