import type { Clock } from '../lib/clock';
import { randomName } from '../lib/clock';
import { Timer } from '../lib/timer';
import type { Content, Member, Position, Publication } from './publication';
import { Stream, type HistoryOptions, type Tally } from './stream';

/** One connection's side of a subscription: what it is told. Must not call back in. */
export interface Subscriber {
  readonly member: Member;
  published(publication: Publication): void;
  /** Only where the channel shows presence. */
  joined(member: Member): void;
  left(member: Member): void;
}

/** What a subscriber gets to begin with. */
export interface Entry {
  /** Where its stream begins, before `publications`; absent where the channel keeps no history. */
  readonly position: Position | undefined;
  /** Everything missed since the position asked for, in order. */
  readonly publications: readonly Publication[];
  /** Whether `publications` is all that was missed; `undefined` when nothing was to be recovered. */
  readonly recovered: boolean | undefined;
}

export interface ChannelSettings {
  /** `null` keeps nothing. */
  readonly history: Required<HistoryOptions> | null;
  /** Whether subscribers are told who else there is. */
  readonly presence: boolean;
}

/** What a channel is to those who keep it. */
export interface ChannelContext {
  readonly clock: Clock;
  readonly tally: Tally;
  /** Somebody is subscribed. */
  readonly busy: (channel: Channel) => void;
  /** Nobody is subscribed, and something happened just now. */
  readonly idle: (channel: Channel) => void;
  /** Nobody is subscribed and nothing is kept any more. */
  readonly forget: (channel: Channel) => void;
}

/** Who is subscribed to a name, and what was published there. */
export class Channel {
  readonly name: string;
  readonly #settings: ChannelSettings;
  readonly #context: ChannelContext;
  readonly #stream: Stream | undefined;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #oblivion: Timer;

  constructor(name: string, settings: ChannelSettings, context: ChannelContext) {
    const { clock, tally, forget } = context;
    this.name = name;
    this.#settings = settings;
    this.#context = context;
    this.#stream = settings.history ? new Stream(randomName(clock), settings.history, tally) : undefined;
    this.#oblivion = new Timer(clock, () => forget(this));
    this.#fade();
  }

  get stream(): Stream | undefined {
    return this.#stream;
  }

  get members(): Member[] {
    return [...this.#subscribers.values()].map(({ member }) => member);
  }

  /** Those whom subscribers see; `undefined` where they see nobody. */
  get visibleMembers(): Member[] | undefined {
    return this.#settings.presence ? this.members : undefined;
  }

  /** Who is in, so that what is published from now on reaches them; `announce` says so to the others. */
  add(subscriber: Subscriber, from: Position | undefined): Entry {
    this.#subscribers.set(subscriber.member.client, subscriber);
    this.#oblivion.clear();
    this.#context.busy(this);
    const position = this.#stream?.position;
    if (!from || !this.#stream) return { position, publications: [], recovered: from && false };
    const missed = this.#stream.since(this.#context.clock.now(), from);
    return missed
      ? { position: from, publications: missed, recovered: true }
      : { position, publications: [], recovered: false };
  }

  /** Tells everybody, the newcomer included, that somebody came. */
  announce({ member }: Subscriber): void {
    if (!this.#settings.presence) return;
    for (const each of this.#subscribers.values()) each.joined(member);
  }

  remove({ member }: Subscriber): void {
    if (!this.#subscribers.delete(member.client)) return;
    if (this.#settings.presence) for (const each of this.#subscribers.values()) each.left(member);
    this.#fade();
  }

  publish({ event, json }: Content, publisher: Member | undefined): Publication {
    const make = (position?: Position): Publication => ({ channel: this.name, event, json, position, publisher });
    const publication = this.#stream ? this.#stream.append(this.#context.clock.now(), make) : make();
    for (const subscriber of this.#subscribers.values()) subscriber.published(publication);
    this.#fade();
    return publication;
  }

  /** Nobody is here: what is kept lasts for its age, and without history nothing is kept. */
  #fade(): void {
    if (this.#subscribers.size) return;
    this.#oblivion.set(this.#settings.history?.age ?? 0);
    this.#context.idle(this);
  }

  /** Has nobody and keeps nothing any more, and its timer ends. */
  dispose(): void {
    this.#subscribers.clear();
    this.#oblivion.clear();
    this.#stream?.free(Infinity);
  }
}
