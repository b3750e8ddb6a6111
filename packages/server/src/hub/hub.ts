import { Refusal } from '../refusal';
import type { Clock } from '../lib/clock';
import { Channel, type ChannelSettings } from './channel';
import type { Content, Member, Position, Publication } from './publication';
import type { HistoryQuery } from './stream';

/** What the channels of a name are like; `undefined` where there are none. */
export type SettingsOf = (channel: string) => ChannelSettings | undefined;

export interface HistoryPage {
  readonly publications: readonly Publication[];
  readonly position: Position;
}

/** All channels. Knows neither wire formats nor sockets. */
export class Hub {
  readonly #clock: Clock;
  readonly #settingsOf: SettingsOf;
  readonly #channels = new Map<string, Channel>();

  constructor(clock: Clock, settingsOf: SettingsOf) {
    this.#clock = clock;
    this.#settingsOf = settingsOf;
  }

  /** How many channels are remembered. */
  get size(): number {
    return this.#channels.size;
  }

  /** The channel of a name, made if need be. @throws {Refusal} `unknown-channel` */
  open(name: string): Channel {
    const known = this.#channels.get(name);
    if (known) return known;
    const settings = this.#settingsOf(name);
    if (!settings) throw new Refusal('unknown-channel');
    const forget = () => void this.#channels.delete(name);
    const channel = new Channel(name, settings, { clock: this.#clock, forget });
    this.#channels.set(name, channel);
    return channel;
  }

  /**
   * Keeps it, if the channel keeps history, and hands it to everybody who is subscribed.
   *
   * @throws {Refusal} `unknown-channel`
   */
  publish(name: string, content: Content, publisher?: Member): Position | undefined {
    return this.open(name).publish(content, publisher).position;
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
    return { position, publications: stream.page(this.#clock.now(), query) };
  }

  /** Forgets all channels. */
  dispose(): void {
    for (const channel of this.#channels.values()) channel.dispose();
    this.#channels.clear();
  }
}
