import type { Server } from 'node:http';
import { DEVICES, DEVICES_PATH, deviceTopic, type DeviceEntry } from '@tautline-examples/shared';
import { createChannelServer, Refusal, type ChannelServer } from '@tautline/server';
import type { Config } from '../config';
import type { Fleet } from './fleet';

/** What a channel keeps, for who was away for a moment: a minute of samples. */
const HISTORY = { size: 60, age: 60_000 };

export interface DeviceChannelsContext {
  readonly config: Config;
  readonly fleet: Fleet;
  isFull(): boolean;
}

/** A channel for each device on an HTTP server that there is, and no others. */
export function createDeviceChannels(http: Server, { config, fleet, isFull }: DeviceChannelsContext): ChannelServer {
  return createChannelServer({
    server: http,
    path: DEVICES_PATH,
    origins: config.origins,
    limits: { maxPayload: config.maxPayloadBytes, pingInterval: 2_000 },
    authorize() {
      if (isFull()) throw new Refusal('too-many-requests');
      return {};
    },
    channels: Object.fromEntries(
      DEVICES.map(({ id }) => {
        // Always up to date: the server writes it down in the very step in which it lets somebody in.
        const entry: DeviceEntry = { samples: fleet.seriesOf(id) };
        return [deviceTopic(id), { history: HISTORY, authorize: () => ({ data: entry }) }];
      }),
    ),
  });
}

/** How many look at a device just now. */
export const countViewers = (channels: ChannelServer): number =>
  DEVICES.reduce((sum, { id }) => sum + channels.presence(deviceTopic(id)).length, 0);
