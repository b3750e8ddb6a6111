/** Looking at one device. Everything that matters about Tautline in it is in this file. */
import {
  DEVICES_PATH,
  deviceTopic,
  SERIES_LENGTH,
  type DeviceEntry,
  type DeviceEvents,
  type DeviceSample,
} from '@tautline-examples/shared';
import { centrifugo } from '@tautline/core/protocols/centrifugo';
import { createConnection, useChannel, useEvent } from '@tautline/vue';
import { shallowRef, watch } from 'vue';
import { SERVER } from '../line';
import { append, refill } from './series';

/** A second line, since a line speaks one protocol: `/fleet` is a stream for everybody, here are channels to join and leave. */
const devicesLine = createConnection(`ws://${SERVER}${DEVICES_PATH}`, {
  channels: centrifugo(),
  idleTimeout: 4_000, // the server pings every two seconds
  reconnect: { initialDelay: 300, maxDelay: 3_000 },
});

/**
 * The last five minutes of a device, and how they go on. Its channel is joined while the component is mounted, and left
 * when it is not: nobody else pays for what nobody looks at.
 */
export function useSeries(id: string) {
  const series = shallowRef<readonly DeviceSample[]>([]);
  const { channel, status, error, recovered, joinReply } = useChannel<DeviceEvents>(deviceTopic(id), {
    connection: devicesLine,
  });
  useEvent(channel, 'sample', (sample) => (series.value = append(series.value, sample, SERIES_LENGTH)));
  watch(joinReply, (reply) => {
    if (recovered.value) return; // what was missed follows, as events
    series.value = refill(series.value, (reply as DeviceEntry).samples, SERIES_LENGTH); // what this server answers
  });
  return { series, status, error, recovered };
}
