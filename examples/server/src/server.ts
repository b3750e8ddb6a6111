import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { CHAT_PATH, DEVICES_PATH, deviceTopic, seededRandom, STATUS_PATH, type Fault } from '@tautline-examples/shared';
import { WebSocketServer, type WebSocket } from 'ws';
import { mayConnect } from './access';
import { createChat } from './chat/chat';
import { Client } from './client';
import type { Config } from './config';
import { serveHttp } from './control';
import { chooseSubprotocol, serveEcho } from './echoEndpoint';
import { Faults } from './faults';
import { Feeder } from './feeder';
import { countViewers, createDeviceChannels } from './fleet/deviceChannels';
import { FleetWatch } from './fleet/fleetWatch';
import { Machine } from './machine';
import { Market } from './market';
import { StatusBoard } from './statusBoard';
import { StreamEndpoint, type Source } from './streamEndpoint';
import { Streams } from './streams';
import { Valve } from './valve';

/** How often streams are written, in milliseconds. */
const PULSE = 20;
/** How long clients have to answer a close frame before they are cut off. */
const CLOSE_TIMEOUT = 1_000;

export interface ExampleServer {
  listen(): Promise<void>;
  /** The port in use; with port 0, the one that was free. */
  port(): number;
  hurt(fault: Fault, seconds: number): void;
  /** Says 1012 to all clients, so that they come back at once, and stops. */
  close(): Promise<void>;
}

export function createExampleServer(config: Config): ExampleServer {
  const faults = new Faults(Date.now);
  const streams = new Streams(config.keepStream);
  const world = {
    market: new Market(seededRandom(Date.now()), Date.now),
    watch: new FleetWatch(seededRandom(Date.now()), Date.now, (id, sample) =>
      devices.publish(deviceTopic(id), sample, { event: 'sample' }),
    ),
    machine: new Machine(),
  };
  const feeder = new Feeder(world, streams, Date.now());
  const sources: Source[] = [
    {
      path: '/market',
      rate: config.marketRate,
      snapshot: () => world.market.snapshot(),
      candles: (symbol, until) => JSON.stringify(world.market.candles(symbol, until)),
    },
    {
      path: '/fleet',
      rate: config.fleetRate,
      snapshot: () => [...world.watch.snapshot(), ...world.machine.recorded, ...world.watch.fleet.snapshot()],
      obey: (command) => world.watch.obey(command),
    },
  ];

  const clients = new Set<Client>();
  const endpoints = new Set<StreamEndpoint>();
  /** Of the chat and the devices, whose sockets belong to their channel servers. */
  const valves = new Set<Valve>();
  /** Clients that came while the line was frozen. */
  const waiting: (() => void)[] = [];
  let port = config.port;
  let wasFrozen = false;
  let listeningSince = 0;
  let restarting: NodeJS.Timeout | undefined;
  let timers: NodeJS.Timeout[] = [];

  const population = () => clients.size + valves.size;
  const everyone = () => [...clients, ...board.watchers];
  const board = new StatusBoard(() => ({
    condition: faults.condition,
    clients: population(),
    streams: [...streams.all].length,
    uptime: Date.now() - listeningSince,
  }));
  const health = () => ({
    clients: population(),
    streams: [...streams.all].length,
    deviceViewers: countViewers(devices),
    frozen: faults.frozen,
    slow: faults.delay > 0,
    refusing: faults.refusal,
  });
  const http = createServer((request, response) =>
    serveHttp(request, response, { origins: config.origins, health, hurt }),
  );
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: config.maxPayloadBytes,
    handleProtocols: chooseSubprotocol,
  });

  /** What the channel servers live on: never listens, and gets the handshakes that are let through. */
  const channelDoor = createServer();

  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {}); // a client that left while it waited
    if (faults.refusal && pathOf(request.url) !== STATUS_PATH) return refuse(socket, faults.refusal);
    if ([CHAT_PATH, DEVICES_PATH].includes(pathOf(request.url))) {
      addValve(socket as Socket); // an HTTP server's are of TCP
      return channelDoor.emit('upgrade', request, socket, head);
    }
    const upgrade = () => {
      const refusal = refusalOf(request);
      if (refusal) return refuse(socket, refusal);
      wss.handleUpgrade(request, socket, head, (ws) => welcome(ws, request));
    };
    if (faults.frozen && pathOf(request.url) !== STATUS_PATH) waiting.push(upgrade);
    else upgrade();
  });

  const isFull = () => population() > config.maxClients;
  const chat = createChat(channelDoor, config, isFull);
  const devices = createDeviceChannels(channelDoor, { config, fleet: world.watch.fleet, isFull });

  function addValve(socket: Socket): void {
    const valve = new Valve(socket);
    valves.add(valve);
    void valve.closed.then(() => valves.delete(valve));
    valve.turn(Date.now(), faults);
  }

  function turnValves(): void {
    const now = Date.now();
    for (const valve of valves) valve.turn(now, faults);
  }

  function refusalOf({ headers, url }: IncomingMessage): string | null {
    if (!mayConnect(headers.origin, config.origins)) return '403 Forbidden';
    if (!['/echo', STATUS_PATH, ...sources.map(({ path }) => path)].includes(pathOf(url))) return '404 Not Found';
    return population() + board.watchers.size >= config.maxClients ? '503 Service Unavailable' : null;
  }

  function welcome(ws: WebSocket, request: IncomingMessage): void {
    const client = new Client(ws, request, faults);
    if (pathOf(request.url) === STATUS_PATH) return board.watch(client);
    clients.add(client);
    ws.once('close', () => clients.delete(client));

    const source = sources.find(({ path }) => path === pathOf(request.url));
    if (!source) return serveEcho(client, new URL(request.url ?? '/', 'http://localhost'), config);
    const endpoint = new StreamEndpoint(client, source, streams, config);
    endpoints.add(endpoint);
    ws.once('close', () => endpoints.delete(endpoint));
  }

  function pulse(): void {
    const now = Date.now();
    feeder.advance(now, population()); // the world goes on, whatever the line does
    board.advance(now);
    chat.advance(now);
    turnValves();
    if (faults.frozen !== wasFrozen) {
      wasFrozen = faults.frozen;
      for (const { socket } of clients) {
        if (wasFrozen) socket.pause();
        else socket.resume();
      }
    }
    if (wasFrozen) return;
    for (const upgrade of waiting.splice(0)) upgrade();
    for (const endpoint of endpoints) endpoint.pump(now, faults.delay);
  }

  function checkHeartbeats(): void {
    streams.sweep(Date.now());
    if (!faults.frozen) for (const client of everyone()) client.checkHeartbeat();
  }

  function hurt(fault: Fault, seconds: number): void {
    switch (fault) {
      case 'drop':
        return cut(clients);
      case 'freeze':
        faults.freeze(seconds);
        return turnValves();
      case 'slow':
        faults.slow(seconds);
        return turnValves();
      case 'refuse':
        faults.refuse('503 Service Unavailable', seconds);
        return cut(clients);
      case 'unauthorized':
        faults.refuse('401 Unauthorized', seconds);
        return cut(clients);
      case 'restart':
        if (restarting) return;
        restarting = setTimeout(() => void listen(), seconds * 1_000);
        void hangUp('restarting');
    }
  }

  async function listen(): Promise<void> {
    restarting = undefined;
    http.listen(port, config.host);
    await once(http, 'listening');
    listeningSince = Date.now();
    port = (http.address() as AddressInfo).port; // a TCP server has no other kind of address
    if (timers.length > 0) return;
    world.machine.start();
    timers = [setInterval(pulse, PULSE), setInterval(checkHeartbeats, config.pingInterval)];
  }

  async function hangUp(reason: string): Promise<void> {
    http.close();
    http.closeAllConnections();
    for (const { ws } of everyone()) ws.close(1012, reason);
    chat.sendAway(reason);
    devices.disconnect('', { code: 3_001, reason }); // they are all anonymous
    const cutOff = setTimeout(() => cut(everyone()), CLOSE_TIMEOUT);
    await Promise.all(everyone().map(({ ws }) => once(ws, 'close')));
    await Promise.all([...valves].map(({ closed }) => closed));
    clearTimeout(cutOff);
  }

  /** The channel servers' clients with them. */
  function cut(these: Iterable<Client>): void {
    for (const { ws } of these) ws.terminate();
    for (const { socket } of valves) socket.destroy();
  }

  async function close(): Promise<void> {
    clearTimeout(restarting);
    timers.forEach(clearInterval);
    world.machine.stop();
    const channels = [chat, devices].map((server) => server.close({ timeout: CLOSE_TIMEOUT }));
    await Promise.all([...channels, hangUp('shutting down')]);
  }

  return { listen, close, hurt, port: () => port };
}

const pathOf = (url = '/'): string => url.split('?', 1)[0] ?? '/';

function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy()); // who does not close its own half would keep it for ever
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
