import type { Clock } from '../lib/clock';
import { randomName } from '../lib/clock';
import { Timer } from '../lib/timer';
import type { Content, Member, Position, Publication } from './publication';
import { Stream, type HistoryOptions } from './stream';

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

/** Who is subscribed to a name, and what was published there. */
export class Channel {
  readonly name: string;
  readonly #settings: ChannelSettings;
  readonly #clock: Clock;
  readonly #stream: Stream | undefined;
  readonly #subscribers = new Map<string, Subscriber>();
  readonly #oblivion: Timer;

  /** @param forget Called when nobody is subscribed and nothing is kept any more. */
  constructor(name: string, settings: ChannelSettings, { clock, forget }: { clock: Clock; forget: () => void }) {
    this.name = name;
    this.#settings = settings;
    this.#clock = clock;
    this.#stream = settings.history ? new Stream(randomName(clock), settings.history) : undefined;
    this.#oblivion = new Timer(clock, forget);
    this.#fade();
  }

  get position(): Position | undefined {
    return this.#stream?.position;
  }

  get stream(): Stream | undefined {
    return this.#stream;
  }

  get members(): Member[] {
    return [...this.#subscribers.values()].map(({ member }) => member);
  }

  /** Who is in, so that what is published from now on reaches them; `announce` says so to the others. */
  add(subscriber: Subscriber, from: Position | undefined): Entry {
    this.#subscribers.set(subscriber.member.client, subscriber);
    this.#oblivion.clear();
    const position = this.#stream?.position;
    if (!from || !this.#stream) return { position, publications: [], recovered: from && false };
    const missed = this.#stream.since(this.#clock.now(), from);
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
    const publication = this.#stream ? this.#stream.append(this.#clock.now(), make) : make();
    for (const subscriber of this.#subscribers.values()) subscriber.published(publication);
    this.#fade();
    return publication;
  }

  /** Nobody is here: what is kept lasts for its age, and without history nothing is kept. */
  #fade(): void {
    if (!this.#subscribers.size) this.#oblivion.set(this.#settings.history?.age ?? 0);
  }

  /** Ends its timer. */
  dispose(): void {
    this.#oblivion.clear();
  }
}
