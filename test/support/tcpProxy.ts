import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Flow } from './tcpProxyFlow';

/** `up`: from the client to the server. `down`: from the server to the client. */
export type Way = 'up' | 'down';

/** One connection through the proxy, from accept until both ends are gone. */
export interface ProxyPath {
  /** The first line the client sent, `GET /echo HTTP/1.1` for instance; empty before. */
  readonly request: string;
  /** Passes nothing on, not even an end: a dead Wi-Fi, a sleeping phone. Both ends keep their sockets. Default: both ways. */
  freeze(way?: Way): void;
  /** Passes on what was held back, and everything after it. */
  resume(way?: Way): void;
  /** Holds everything back for so many milliseconds, in order. */
  delay(milliseconds: number, way?: Way): void;
  /** Passes on no more than so many bytes in a second; what writes faster feels it. `Infinity`: as they come. */
  throttle(bytesPerSecond: number, way?: Way): void;
  /**
   * Passes so many bytes more on, in the middle of a frame or a handshake if need be, and nothing after them, as if
   * frozen; resolves once they are through. `resume` goes on, `cut` ends it.
   */
  stopAfter(bytes: number, way: Way): Promise<void>;
  /** In `onPath`: answers the client with this HTTP status and ends; the server hears nothing of it. */
  answer(status: number): void;
  /** Says the end (FIN) to the receiver of that way; the other way goes on. */
  halfClose(way: Way): void;
  /** Resets both ends (RST). */
  cut(): void;
  /** Resolves when both ends are gone. */
  readonly ended: Promise<void>;
}

export interface TcpProxy extends AsyncDisposable {
  readonly port: number;
  /** Those that live, oldest first. */
  readonly paths: readonly ProxyPath[];
  /** How many there have been. */
  readonly accepted: number;
  /** Runs for each path to come, when the client's first bytes are there and none are passed on; returns what ends that. */
  onPath(act: (path: ProxyPath) => void): () => void;
  /** Stops listening: the operating system refuses new connections. Paths live on. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  accept(): Promise<void>;
}

/** A TCP proxy on a free port of 127.0.0.1, in front of `target`, that fails on request. */
export async function startTcpProxy(target: { port: number; host?: string }): Promise<TcpProxy> {
  const paths = new Set<ProxyPath>();
  const acts = new Set<(path: ProxyPath) => void>();
  let accepted = 0;

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    accepted++;
    const path = createPath(client, target, (path) => acts.forEach((act) => act(path)));
    paths.add(path);
    void path.ended.then(() => paths.delete(path));
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const refuse = async () => {
    if (!server.listening) return;
    server.close(); // its callback waits for the paths too
    await new Promise(setImmediate); // the handle closes in this turn of the loop
  };
  await listen(0);
  const { port } = server.address() as AddressInfo; // of a TCP server

  return {
    port,
    get paths() {
      return [...paths];
    },
    get accepted() {
      return accepted;
    },
    onPath(act) {
      acts.add(act);
      return () => acts.delete(act);
    },
    refuse,
    accept: () => (server.listening ? Promise.resolve() : listen(port)),
    async [Symbol.asyncDispose]() {
      await refuse();
      paths.forEach((path) => path.cut());
    },
  };
}

function createPath(
  client: Socket,
  { port, host = '127.0.0.1' }: { port: number; host?: string },
  started: (path: ProxyPath) => void,
): ProxyPath {
  const upstream = connect({ port, host, allowHalfOpen: true, noDelay: true });
  let request = '';
  const flows: Record<Way, Flow> = { up: new Flow(client, upstream), down: new Flow(upstream, client) };
  const each = (way: Way | undefined, act: (flow: Flow) => void) =>
    (way ? [flows[way]] : Object.values(flows)).forEach(act);

  const path: ProxyPath = {
    get request() {
      return request;
    },
    freeze: (way) => each(way, (flow) => flow.freeze()),
    resume: (way) => each(way, (flow) => flow.resume()),
    delay: (milliseconds, way) => each(way, (flow) => flow.delay(milliseconds)),
    throttle: (bytesPerSecond, way) => each(way, (flow) => flow.throttle(bytesPerSecond)),
    stopAfter: (bytes, way) => flows[way].stopAfter(bytes),
    answer(status) {
      upstream.destroy();
      client.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      client.destroySoon();
    },
    halfClose: (way) => flows[way].end(),
    cut() {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    },
    ended: Promise.all([client, upstream].map((end) => new Promise((resolve) => end.once('close', resolve)))).then(
      () => {},
    ),
  };
  client.prependOnceListener('data', (first: Buffer) => {
    request = first.toString('latin1').split('\r\n', 1)[0] ?? '';
    started(path);
  });
  return path;
}
