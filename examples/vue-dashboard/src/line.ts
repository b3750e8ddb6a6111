/** The line of this page. Everything that matters about Tautline is in this file. */
import {
  Ledger,
  type DeviceReport,
  type FleetMessage,
  type MachineSample,
  type RateChanged,
  type StreamRequest,
  type ThresholdsChanged,
} from '@tautline-examples/shared';
import { keepProbing, LineWatch, onlyType, trackStream } from '@tautline-examples/shared/page';
import { createConnection, createFeed, json, keyBy, latest, reduce } from '@tautline/vue';
import { collectAlarms } from './fleet/alarmState';
import { append } from './fleet/series';

export const SERVER = `${location.hostname}:${import.meta.env.VITE_SERVER_PORT ?? 4300}`;
export const ledger = new Ledger();
const dock = new LineWatch();

/** Connects when the first component needs it, and again whenever it is lost. */
export const fleet = createConnection<FleetMessage, StreamRequest>(`ws://${SERVER}/fleet`, {
  codec: json(),
  heartbeat: { interval: 2_000, timeout: 2_000, message: { type: 'ping' }, isPong: ({ type }) => type === 'pong' },
  reconnect: { initialDelay: 300, maxDelay: 3_000 },
  // On every new socket: say which message came last, and get the rest.
  async handshake({ send, receive }) {
    send(ledger.resume());
    const welcome = await receive();
    if (welcome.type === 'welcome') ledger.welcomed(welcome);
  },
  ...dock.options, // for the dock: what it shows of the line and does to it
});

/** The reports of all devices, one by one. */
const reports = onlyType(fleet, 'device');

/** The last report of each device. A tile that reads `useFeed(devices, 'TRK-001')` renders only for that device, once per frame. */
export const devices = createFeed(
  reports,
  keyBy(({ id }: DeviceReport) => id),
);

/** What is wrong with the fleet at the moment. */
export const alarms = createFeed(onlyType(fleet, 'alarms'), collectAlarms);

/** When there is an alarm. */
export const thresholds = createFeed(onlyType(fleet, 'thresholds'), latest<ThresholdsChanged>());

/** Two minutes of the machine's health: a new stream begins with what the server has kept. */
export const samples = createFeed(
  onlyType(fleet, 'machine'),
  reduce((series: readonly MachineSample[], sample: MachineSample) => append(series, sample, 240), []),
);

/** The rate that the server streams at. */
export const rates = createFeed(onlyType(fleet, 'rate'), latest<RateChanged>());

/** For the dock: the line, and what is counted of it. */
export const fleetLine = dock.over('Fleet', fleet, trackStream(fleet, ledger));

/** Holds the line and the feeds for as long as the page lives, whichever tab is open. */
export function holdLine(): () => void {
  const feeds = [devices, alarms, thresholds, samples, rates];
  const releases = [keepProbing(fleetLine), ...feeds.map((feed) => feed.retain())];
  return () => releases.forEach((release) => release());
}
