import { DISCONNECTS, type Disconnect } from '../disconnects';
import type { ConnectRequest, Credentials, Handshake } from '../hooks';
import { randomName } from '../lib/clock';
import { Timer } from '../lib/timer';
import { TokenBucket } from '../lib/tokenBucket';
import { codeOf, Refusal } from '../refusal';
import type { Command, ConnectCommand, Wire } from '../wire/wire';
import { Arrival } from './arrival';
import { Backlog } from './backlog';
import { execute } from './commands';
import { ConnectedClient, type ClientSession } from './connectedClient';
import { Outlet, type Sink } from './outlet';
import { refusalOf, refusedFrame, ttlOf, type ServerContext } from './context';

/** What a session speaks through: a WebSocket, or a test. */
export interface Line extends Sink {
  close(code: number, reason: string): void;
}

/** How a client began. Without `connect` it is anonymous. */
type Beginning = ConnectCommand | 'another command' | 'silence';

type State =
  | { readonly name: 'waiting' }
  /** Asked who it is; what it sends meanwhile is held. */
  | { readonly name: 'connecting'; readonly held: Command[]; readonly arrival: Arrival }
  /** `isPresumed`: it is taken for anonymous because it has said nothing yet. */
  | { readonly name: 'connected'; readonly client: ConnectedClient; readonly isPresumed: boolean }
  | { readonly name: 'closed' };

/**
 * The life of one line, whatever the format:
 *
 *     waiting --connect--> connecting --authorised--> connected
 *        ^                  |     ^                       |
 *        +-----refused------+     +--connect, presumed----+
 *
 *     any --disconnect or end--> closed
 */
export class Session implements ClientSession {
  readonly backlog: Backlog;
  readonly #server: ServerContext;
  readonly #wire: Wire;
  readonly #line: Line;
  readonly #handshake: Handshake;
  readonly #bucket: TokenBucket;
  readonly #patience: Timer;
  readonly #ping: Timer;
  readonly #pong: Timer;
  readonly #outlet: Outlet;
  #state: State = { name: 'waiting' };

  constructor(server: ServerContext, wire: Wire, { line, handshake }: { line: Line; handshake: Handshake }) {
    const { clock, limits } = server;
    this.#server = server;
    this.#wire = wire;
    this.#line = line;
    this.#handshake = handshake;
    this.backlog = new Backlog(limits);
    this.#bucket = new TokenBucket(clock, { rate: limits.messagesPerSecond, burst: limits.messageBurst });
    this.#patience = new Timer(clock, () => this.#loseConnectPatience());
    this.#ping = new Timer(clock, () => this.#sendPing());
    this.#pong = new Timer(clock, () => this.disconnect(DISCONNECTS.noPong));
    this.#outlet = new Outlet(line, { clock, limits, giveUp: () => this.disconnect(DISCONNECTS.slow) });
    this.#patience.set(limits.handshakeTimeout);
  }

  /** A frame came. Never throws. */
  receive(frame: string): void {
    if (this.#state.name === 'closed') return;
    this.#pong.clear();
    const commands = this.#decode(frame);
    if (!commands) return this.disconnect(DISCONNECTS.badRequest);
    if (!commands.length) this.#spend(); // a frame that is ignored is not free
    for (const command of commands) if (this.#spend()) this.#take(command);
  }

  /** A ping or pong of the WebSocket itself came, which is not free either. Returns whether to answer. */
  receiveControl(): boolean {
    this.#pong.clear();
    return this.#spend();
  }

  /** The line is gone. */
  end(): void {
    const state = this.#state;
    this.#state = { name: 'closed' };
    for (const timer of [this.#patience, this.#ping, this.#pong]) timer.clear();
    this.#outlet.stop();
    if (state.name === 'connecting') this.#server.roster.arrivals.delete(state.arrival);
    if (state.name === 'connected') state.client.end();
  }

  disconnect(why: Disconnect): void {
    if (this.#state.name === 'closed') return;
    this.end();
    const { code, reason } = this.#wire.closeOf(why);
    this.#line.close(code, reason);
  }

  send(frame: string): void {
    if (this.#state.name !== 'closed') this.#outlet.send(frame);
  }

  async authorize(request: Pick<ConnectRequest, 'token' | 'data' | 'reason'>): Promise<Credentials | null> {
    return this.#server.authorize({ ...this.#handshake, format: this.#wire.format, ...request });
  }

  #decode(frame: string): readonly Command[] | null {
    try {
      return this.#wire.decode(frame);
    } catch {
      return null; // nested so deeply that it cannot be written again
    }
  }

  #spend(): boolean {
    if (this.#state.name === 'closed') return false;
    if (this.#bucket.take()) return true;
    this.disconnect(DISCONNECTS.tooManyRequests);
    return false;
  }

  #take(command: Command): void {
    if (command.type === 'pong' || command.type === 'ignored') return;
    if (command.type === 'ping') return this.send(this.#wire.pong);
    switch (this.#state.name) {
      case 'waiting':
        if (command.type === 'connect') return void this.#connect(command);
        if (!this.#wire.connectsImplicitly) return this.disconnect(DISCONNECTS.badRequest);
        void this.#connect('another command');
        return this.#take(command);
      case 'connecting':
        if (!this.backlog.enter(command)) return this.disconnect(DISCONNECTS.tooManyRequests);
        return void this.#state.held.push(command);
      case 'connected':
        if (this.#state.isPresumed) return this.#correct(this.#state.client, command);
        return execute(this.#state.client, command);
      case 'closed':
    }
  }

  /** The first that is heard of who was taken for anonymous: says who it is, or that it is. */
  #correct(client: ConnectedClient, command: Command): void {
    if (command.type !== 'connect') {
      this.#state = { name: 'connected', client, isPresumed: false };
      return execute(client, command);
    }
    client.end();
    this.#patience.set(this.#server.limits.handshakeTimeout);
    void this.#connect(command);
  }

  async #connect(beginning: Beginning): Promise<void> {
    const held: Command[] = [];
    const arrival = new Arrival();
    const connecting: State = { name: 'connecting', held, arrival };
    this.#state = connecting;
    this.#server.roster.arrivals.add(arrival);
    try {
      const { token, data } = typeof beginning === 'string' ? ANONYMOUS : beginning;
      const credentials = await this.authorize({ token, data, reason: 'connect' });
      if (this.#state !== connecting) return;
      if (!credentials) return this.disconnect(beginning === 'silence' ? DISCONNECTS.stale : DISCONNECTS.invalidToken);
      const putOut = arrival.disconnectOf(credentials);
      if (putOut) return this.disconnect(putOut);
      this.#welcome(arrival.admitted(credentials), beginning);
    } catch (thrown) {
      if (this.#state === connecting) this.#refuse(thrown, beginning);
    } finally {
      this.#server.roster.arrivals.delete(arrival);
    }
    for (const each of held) this.#resume(each);
  }

  /** Takes what was held; to who was refused meanwhile everything is, except another try. */
  #resume(command: Command): void {
    this.backlog.leave(command);
    const isRefused = this.#state.name === 'waiting' && command.type !== 'connect';
    if (isRefused && 'id' in command) this.send(this.#wire.refused(command.id, NOT_CONNECTED));
    else this.#take(command);
  }

  #welcome(credentials: Credentials, beginning: Beginning): void {
    const command = typeof beginning === 'string' ? null : beginning;
    const { clock, limits } = this.#server;
    const ttl = ttlOf(credentials, clock);
    if (ttl === 0) throw new Refusal('token-expired');

    const id = randomName(clock);
    const client = new ConnectedClient(this.#server, this.#wire, { id, session: this, credentials });
    let frame: string | null;
    try {
      const subscriptions = client.subscribeTo(
        this.#wire.serverSubscriptions ? credentials.channels : [],
        command?.positions,
      );
      const welcome = { client: id, data: credentials.data, ttl, pingInterval: limits.pingInterval, subscriptions };
      frame = command && this.#wire.connected(command.id, welcome);
    } catch (thrown) {
      client.end();
      throw thrown;
    }
    this.#state = { name: 'connected', client, isPresumed: beginning === 'silence' };
    this.#patience.clear();
    this.#ping.set(limits.pingInterval);
    if (frame) this.send(frame);
    client.begin();
  }

  /** The client may try again with another token, until the patience is over. */
  #refuse(thrown: unknown, beginning: Beginning): void {
    const refusal = refusalOf(thrown, this.#server);
    if (beginning === 'silence') return this.disconnect(DISCONNECTS.stale); // its token may still come
    if (beginning === 'another command') return this.disconnect(disconnectOf(refusal));
    this.#state = { name: 'waiting' };
    this.send(refusedFrame(refusal, beginning.id, { wire: this.#wire, server: this.#server }));
  }

  #loseConnectPatience(): void {
    if (this.#state.name === 'connecting') return this.disconnect(DISCONNECTS.serverError);
    if (!this.#wire.connectsImplicitly) return this.disconnect(DISCONNECTS.stale);
    this.#patience.set(this.#server.limits.handshakeTimeout);
    void this.#connect('silence');
  }

  #sendPing(): void {
    if (!this.#pong.isSet) this.#pong.set(this.#server.limits.pongTimeout); // pings may be more frequent than that
    this.#ping.set(this.#server.limits.pingInterval);
    this.send(this.#wire.ping);
  }
}

const ANONYMOUS = { token: '', data: undefined };

/** Not for good: what it came with was refused, and may be let in with something else. */
const NOT_CONNECTED = new Refusal('unauthorized', { temporary: true });

/** A refusal to somebody who asked nothing that could be answered. */
function disconnectOf({ code, message, temporary }: Refusal): Disconnect {
  if (code === codeOf('internal')) return DISCONNECTS.serverError;
  if (code === codeOf('token-expired') || code === codeOf('unauthorized')) return DISCONNECTS.expired;
  return { code: temporary ? DISCONNECTS.tooManyRequests.code : DISCONNECTS.invalidToken.code, reason: message };
}
