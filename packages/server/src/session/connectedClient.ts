import { DISCONNECTS, type Disconnect } from '../disconnects';
import type { Client, ConnectRequest, Credentials, Permission } from '../hooks';
import type { Member, Position } from '../hub/publication';
import { toJson } from '../lib/json';
import { Lanes, type Lane } from '../lib/lanes';
import { Timer } from '../lib/timer';
import { Refusal } from '../refusal';
import { comesBack, type Answer, type CommandOf, type Subscribed, type Unsubscribe, type Wire } from '../wire/wire';
import type { Backlog } from './backlog';
import { refusedFrame, ttlOf, type ServerContext } from './context';
import type { Present } from './roster';
import { Subscription } from './subscription';

/** The side of a session that its client works with. */
export interface ClientSession {
  readonly backlog: Backlog;
  send(frame: string): void;
  disconnect(why: Disconnect): void;
  /** Asks again who it is. */
  authorize(request: Pick<ConnectRequest, 'token' | 'data' | 'reason'>): Promise<Credentials | null>;
}

/** A command that is answered. */
type Answerable = Pick<CommandOf<'call'>, 'id' | 'length'>;

/** What is subscribed to, and what for. */
interface Wish {
  readonly channel: string;
  readonly position: Position | undefined;
  readonly joinLeave: boolean;
  readonly permission: Permission;
}

/** The client subscribes again, with another token. */
const SUBSCRIPTION_EXPIRED: Unsubscribe = { code: 2501, reason: 'subscription expired' };

/** A client that was let in, with what it is subscribed to. */
export class ConnectedClient implements Present {
  readonly server: ServerContext;
  readonly wire: Wire;
  readonly view: Client;
  readonly session: ClientSession;
  readonly subscriptions = new Map<string, Subscription>();
  /** Channels that it is asked for whether the client may enter, with why it may not any more. */
  readonly #entering = new Map<string, Unsubscribe | null>();
  readonly #lanes = new Lanes();
  readonly #expiry: Timer;
  #isOver = false;

  /**
   * Nobody knows of it yet: see {@link begin}.
   *
   * @throws {TypeError} for an `info` that cannot be told
   */
  constructor(
    server: ServerContext,
    wire: Wire,
    who: { id: string; session: ClientSession; credentials: Credentials },
  ) {
    const { user = '', info } = who.credentials;
    this.server = server;
    this.wire = wire;
    this.session = who.session;
    this.view = { id: who.id, user, info };
    toJson(info); // or telling others would fail, where nobody could be refused any more
    this.#expiry = new Timer(server.clock, () => this.session.disconnect(DISCONNECTS.expired));
    this.expireAfter(ttlOf(who.credentials, server.clock));
  }

  get id(): string {
    return this.view.id;
  }

  get user(): string {
    return this.view.user;
  }

  get #member(): Member {
    const { user, id: client, info: connInfo } = this.view;
    return { user, client, connInfo };
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The client knows that it is connected: from now on others know it too. */
  begin(): void {
    this.server.roster.add(this);
    for (const name of this.subscriptions.keys()) this.announce(name);
  }

  end(): void {
    this.#isOver = true;
    this.#expiry.clear();
    this.server.roster.remove(this);
    for (const subscription of this.subscriptions.values()) subscription.end();
    this.subscriptions.clear();
  }

  disconnect(why: Disconnect): void {
    this.session.disconnect(why);
  }

  /** @param ttl How long the credentials hold, in milliseconds. */
  expireAfter(ttl = Infinity): void {
    this.#expiry.set(ttl + this.#grace);
  }

  /** Time to bring a new token after the old one expired: none where that takes a new connection anyway. */
  get #grace(): number {
    return this.wire.refreshes ? this.server.limits.expiryGrace : 0;
  }

  /** @throws {Refusal} `already-subscribed`, `limit-exceeded` */
  requireRoomFor(channel: string): void {
    if (this.subscriptions.has(channel)) throw new Refusal('already-subscribed');
    if (this.subscriptions.size >= this.server.limits.channelsPerClient) throw new Refusal('limit-exceeded');
  }

  /**
   * Enters a channel and makes what to tell the client of it. Until then nothing else may be sent, so that
   * whatever is published from now on comes after it.
   *
   * @throws {Refusal} `limit-exceeded`, `already-subscribed`, `token-expired`, `unknown-channel`
   * @throws {TypeError} for a permission that cannot be told
   */
  subscribe({ channel: name, position, joinLeave, permission }: Wish): Subscribed {
    const { clock, hub } = this.server;
    const ttl = ttlOf(permission, clock);
    this.requireRoomFor(name);
    if (ttl === 0) throw new Refusal('token-expired');

    toJson([permission.info, permission.data]);

    const channel = hub.open(name);
    const subscription = new Subscription(
      { channel, member: { ...this.#member, chanInfo: permission.info }, joinLeave },
      {
        wire: this.wire,
        clock,
        send: (frame) => this.session.send(frame),
        expire: () => this.unsubscribe(name, SUBSCRIPTION_EXPIRED),
      },
    );
    const entry = channel.add(subscription, position);
    this.subscriptions.set(name, subscription);
    this.expireSubscriptionAfter(subscription, ttl);
    return { ...entry, data: permission.data, ttl, members: channel.visibleMembers };
  }

  /** Tells those in a channel that the client came, now that it knows. */
  announce(name: string): void {
    const subscription = this.subscriptions.get(name);
    subscription?.channel.announce(subscription);
  }

  /** The channels that come with the credentials. @throws {Refusal} as {@link subscribe} */
  subscribeTo(channels: readonly string[] = [], positions?: ReadonlyMap<string, Position>): Map<string, Subscribed> {
    const wishes = [...new Set(channels)].map((channel) => {
      const wish = { channel, position: positions?.get(channel), joinLeave: true, permission: {} };
      return [channel, this.subscribe(wish)] as const;
    });
    return new Map(wishes);
  }

  /** @param ttl How long the permission holds, in milliseconds. */
  expireSubscriptionAfter(subscription: Subscription, ttl = Infinity): void {
    subscription.expireIn(ttl + this.#grace);
  }

  /**
   * Asks whether the client may enter a channel, once at a time. What the server orders meanwhile is newer than the
   * answer.
   *
   * @throws {Refusal} `permission-denied` when the server has ended it already
   */
  async enter(channel: string, ask: () => Promise<Permission>): Promise<Permission> {
    this.#entering.set(channel, null);
    try {
      const permission = await ask();
      const ended = this.#entering.get(channel);
      if (!ended) return permission;
      throw new Refusal('permission-denied', { message: ended.reason, temporary: comesBack(ended) });
    } finally {
      this.#entering.delete(channel);
    }
  }

  /** Leaves a channel. Returns whether the client was in it. */
  leave(channel: string): boolean {
    this.subscriptions.get(channel)?.end();
    return this.subscriptions.delete(channel);
  }

  /** Ends a subscription from the server's side, and says so. */
  unsubscribe(channel: string, why: Unsubscribe): void {
    if (this.#entering.has(channel)) this.#entering.set(channel, why);
    if (this.leave(channel)) this.session.send(this.wire.unsubscribed(channel, why));
  }

  /**
   * Answers a command with what the task returns, or with a refusal; `null` where the task has answered already.
   * Nothing is done or said any more once the client is over.
   *
   * @param lane Tasks of one lane run one after another, answers included. Without it the task runs at once.
   */
  answer(command: Answerable, task: () => Promise<Answer | null>, lane?: Lane): void {
    if (!this.session.backlog.enter(command)) return this.disconnect(DISCONNECTS.tooManyRequests);
    if (lane === undefined) void this.#run(command, task);
    else this.#lanes.run(lane, () => this.#run(command, task));
  }

  async #run(command: Answerable, task: () => Promise<Answer | null>): Promise<void> {
    const { id } = command;
    try {
      const answer = this.#isOver ? null : await task();
      if (answer) this.session.send(this.wire.answered(id, answer));
    } catch (thrown) {
      this.session.send(refusedFrame(thrown, id, this));
    }
    this.session.backlog.leave(command);
  }
}
