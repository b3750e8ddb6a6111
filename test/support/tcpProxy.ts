import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

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
  /** Says the end (FIN) to the receiver of that way; the other way goes on. */
  halfClose(way: Way): void;
  /** Resets both ends (RST). */
  cut(): void;
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
    client.once('close', () => paths.delete(path));
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
  const flows: Record<Way, Flow> = {
    up: createFlow(client, upstream, (first) => {
      request = first.toString('latin1').split('\r\n', 1)[0] ?? '';
      started(path);
    }),
    down: createFlow(upstream, client),
  };
  const each = (way: Way | undefined, act: (flow: Flow) => void) =>
    (way ? [flows[way]] : Object.values(flows)).forEach(act);

  const path: ProxyPath = {
    get request() {
      return request;
    },
    freeze: (way) => each(way, (flow) => flow.freeze()),
    resume: (way) => each(way, (flow) => flow.resume()),
    delay: (milliseconds, way) => each(way, (flow) => flow.delay(milliseconds)),
    halfClose: (way) => flows[way].end(),
    cut() {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    },
  };
  return path;
}

interface Flow {
  freeze(): void;
  resume(): void;
  delay(milliseconds: number): void;
  end(): void;
}

/** Passes on what `from` says: bytes, its end, its reset. */
function createFlow(from: Socket, to: Socket, begins: (first: Buffer) => void = () => {}): Flow {
  const held: { readonly what: Buffer | 'end' | 'reset'; readonly dueAt: number }[] = [];
  let isFrozen = false;
  let latency = 0;
  let timer: NodeJS.Timeout | undefined;

  const pass = (what: Buffer | 'end' | 'reset') => {
    if (to.destroyed) return;
    if (what === 'end') to.end();
    else if (what === 'reset') to.resetAndDestroy();
    else if (to.writable && !to.write(what)) from.pause();
  };
  const pump = () => {
    clearTimeout(timer);
    for (let next = held[0]; next && !isFrozen; next = held[0]) {
      const wait = next.dueAt - performance.now();
      if (wait > 0) {
        timer = setTimeout(pump, wait);
        return;
      }
      held.shift();
      pass(next.what);
    }
  };
  const take = (what: Buffer | 'end' | 'reset') => {
    held.push({ what, dueAt: performance.now() + latency });
    pump();
  };

  from.once('data', begins);
  from.on('data', take);
  from.on('end', () => take('end'));
  from.on('error', () => take('reset'));
  to.on('drain', () => !isFrozen && from.resume());
  to.on('close', () => clearTimeout(timer));

  return {
    freeze() {
      isFrozen = true;
      from.pause();
    },
    resume() {
      isFrozen = false;
      from.resume();
      pump();
    },
    delay(milliseconds) {
      latency = milliseconds;
    },
    end: () => take('end'),
  };
}
