import type { Channel, Subscriber } from '../hub/channel';
import type { Member, Publication } from '../hub/publication';
import type { Clock } from '../lib/clock';
import { Timer } from '../lib/timer';
import type { Wire } from '../wire/wire';

interface SubscriptionContext {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly send: (frame: string) => void;
  /** The permission is over. */
  readonly expire: () => void;
}

/** A client in a channel. */
export class Subscription implements Subscriber {
  readonly member: Member;
  readonly channel: Channel;
  readonly #context: SubscriptionContext;
  readonly #joinLeave: boolean;
  readonly #expiry: Timer;

  constructor(
    { channel, member, joinLeave }: { channel: Channel; member: Member; joinLeave: boolean },
    context: SubscriptionContext,
  ) {
    this.channel = channel;
    this.member = member;
    this.#joinLeave = joinLeave;
    this.#context = context;
    this.#expiry = new Timer(context.clock, context.expire);
  }

  /** @param delay From now, in milliseconds; `undefined` is never. */
  expireIn(delay: number | undefined): void {
    this.#expiry.set(delay ?? Infinity);
  }

  published(publication: Publication): void {
    this.#context.send(this.#context.wire.published(publication));
  }

  joined(member: Member): void {
    if (this.#joinLeave) this.#context.send(this.#context.wire.joined(member, this.channel.name));
  }

  left(member: Member): void {
    if (this.#joinLeave) this.#context.send(this.#context.wire.left(member, this.channel.name));
  }

  end(): void {
    this.#expiry.clear();
    this.channel.remove(this);
  }
}
