/**
 * The server behind both dashboards: one Node process on `ws`.
 *
 *   ws://localhost:4300/market   1,000 simulated symbols, up to 10,000 updates/s
 *   ws://localhost:4300/fleet    192 simulated devices, their alarms, and this machine's own health
 *   ws://localhost:4300/devices  a channel for each device: its series, and how that goes on
 *   ws://localhost:4300/chat     three rooms, in plain JSON or in Centrifugo's protocol
 *   ws://localhost:4300/echo     sends back what it gets; `?close=4001` closes
 *   ws://localhost:4300/status   how the server is, once a second
 *   POST /control/<fault>        hurts the line: drop, freeze, slow, refuse, unauthorized, restart
 */
import { readConfig } from './config';
import { explain } from './explain';
import { createExampleServer } from './server';

process.once('uncaughtException', (error) => {
  console.error(explain(error));
  process.exit(1);
});

const config = readConfig(process.env);
const server = createExampleServer(config);
await server.listen();
console.log(`Example server: http://${config.host}:${server.port()}  (market, fleet, chat, echo, status)`);

const stop = () => void server.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
