import { PULSE_TOPIC, type PulseEntry } from '@tautline-examples/shared';
import type { ChannelOptions, ChannelServer } from '@tautline/server';

/** How often it ticks, in milliseconds. */
const INTERVAL = 200;
/** What is kept for who was away: two minutes of ticks. */
const HISTORY = { size: 600, age: 120_000 };

/** How long it goes on ticking for somebody who is away, in milliseconds. */
const LINGER = 60_000;

/** A channel that ticks while anybody hears it, so that each can count what came. */
export class Pulse {
  #tickedAt = -Infinity;
  #heardAt = -Infinity;
  /** What greets who comes: always up to date, as the server writes it down when it lets somebody in. */
  readonly #entry: { -readonly [F in keyof PulseEntry]: PulseEntry[F] } = { number: 0 };

  readonly channel: ChannelOptions = {
    history: HISTORY,
    authorize: () => ({ data: this.#entry }),
    events: { probe: () => null },
  };

  advance(now: number, chat: ChannelServer): void {
    if (now - this.#tickedAt < INTERVAL) return;
    if (chat.presence(PULSE_TOPIC).length > 0) this.#heardAt = now;
    if (now - this.#heardAt > LINGER) return;
    this.#tickedAt = now;
    this.#entry.number += 1;
    chat.publish(PULSE_TOPIC, this.#entry.number, { event: 'tick' });
  }
}
