import { Refusal } from '../refusal';
import type { Clock } from '../lib/clock';
import { Channel, type ChannelContext, type ChannelSettings } from './channel';
import type { Content, Member, Position, Publication } from './publication';
import type { HistoryQuery, Tally } from './stream';
import type { Limits } from '../limits';

/** What the channels of a name are like; `undefined` where there are none. */
export type SettingsOf = (channel: string) => ChannelSettings | undefined;

export interface HistoryPage {
  readonly publications: readonly Publication[];
  readonly position: Position;
}

type HubLimits = Pick<Limits, 'maxIdleChannels' | 'maxKeptBytes'>;

/** All channels. Knows neither wire formats nor sockets. */
export class Hub {
  readonly #settingsOf: SettingsOf;
  readonly #limits: HubLimits;
  readonly #context: ChannelContext;
  readonly #channels = new Map<string, Channel>();
  /** Those that nobody is subscribed to; the longest left comes first. */
  readonly #idle = new Set<Channel>();
  readonly #tally: Tally = { bytes: 0 };
  #isOver = false;

  constructor(clock: Clock, settingsOf: SettingsOf, limits: HubLimits) {
    this.#settingsOf = settingsOf;
    this.#limits = limits;
    this.#context = {
      clock,
      tally: this.#tally,
      busy: (channel) => void this.#idle.delete(channel),
      idle: (channel) => this.#rest(channel),
      forget: (channel) => this.#forget(channel),
    };
  }

  /** How many channels are remembered. */
  get size(): number {
    return this.#channels.size;
  }

  /** How many bytes they keep. */
  get keptBytes(): number {
    return this.#tally.bytes;
  }

  /** The channel of a name, made if need be. @throws {Refusal} `unknown-channel`; `not-available` once it is over */
  open(name: string): Channel {
    if (this.#isOver) throw new Refusal('not-available');
    const known = this.#channels.get(name);
    if (known) return known;
    const settings = this.#settingsOf(name);
    if (!settings) throw new Refusal('unknown-channel');
    const channel = new Channel(name, settings, this.#context);
    this.#channels.set(name, channel);
    return channel;
  }

  /**
   * Keeps it, if the channel keeps history, and hands it to everybody who is subscribed. Once it is over, does nothing.
   *
   * @throws {Refusal} `unknown-channel`
   */
  publish(name: string, content: Content, publisher?: Member): Position | undefined {
    if (this.#isOver) return undefined;
    const channel = this.open(name);
    const { position } = channel.publish(content, publisher);
    this.#makeRoom(channel);
    return position;
  }

  members(name: string): Member[] {
    return this.#channels.get(name)?.members ?? [];
  }

  /** @throws {Refusal} `not-available` without history, `unrecoverable-position` for one of another epoch */
  history(name: string, query: HistoryQuery): HistoryPage {
    const { stream } = this.open(name);
    if (!stream) throw new Refusal('not-available');
    const { position } = stream;
    if (query.since && query.since.epoch !== position.epoch) throw new Refusal('unrecoverable-position');
    return { position, publications: stream.page(this.#context.clock.now(), query) };
  }

  /** Forgets all channels, for good: nobody is told anything any more, not even who leaves. */
  dispose(): void {
    this.#isOver = true;
    for (const channel of this.#channels.values()) this.#forget(channel);
  }

  #rest(channel: Channel): void {
    this.#idle.delete(channel);
    this.#idle.add(channel);
    const [longestLeft] = this.#idle;
    const tooMany = this.#idle.size > this.#limits.maxIdleChannels;
    if (tooMany && longestLeft && longestLeft !== channel) this.#forget(longestLeft);
  }

  #forget(channel: Channel): void {
    this.#channels.delete(channel.name);
    this.#idle.delete(channel);
    channel.dispose();
  }

  /** Who has a channel to themselves loses it before anybody who is there loses anything. */
  #makeRoom(grown: Channel): void {
    for (const channel of this.#idle) {
      if (this.#excess <= 0) return;
      if (channel !== grown) this.#forget(channel);
    }
    grown.stream?.free(this.#excess);
  }

  get #excess(): number {
    return this.#tally.bytes - this.#limits.maxKeptBytes;
  }
}
