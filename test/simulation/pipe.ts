import type { Chance } from './chance';
import type { Party, Timeline } from './timeline';

interface Frame {
  readonly at: number;
  readonly bytes: number;
  readonly arrive: () => void;
}

/** One direction of a line, like TCP: what goes in comes out in its order, late, or never. */
export class Pipe {
  /** How much longer each frame takes, in milliseconds. */
  drag = 0;
  /** What has not arrived. */
  bytes = 0;
  readonly #timeline: Timeline;
  readonly #chance: Chance;
  readonly #receiver: () => Party;
  #underway: Frame[] = [];
  #cancel: (() => void) | undefined;
  #isFrozen = false;
  #isCut = false;

  constructor(timeline: Timeline, chance: Chance, receiver: () => Party) {
    this.#timeline = timeline;
    this.#chance = chance;
    this.#receiver = receiver;
  }

  send(bytes: number, arrive: () => void): void {
    if (this.#isCut) return;
    const { now } = this.#timeline;
    const latency = this.#chance.is(0.3) ? 0 : this.#chance.between(1, 60);
    const at = Math.max(this.#underway.at(-1)?.at ?? now, now + latency) + this.drag;
    this.#underway.push({ at, bytes, arrive });
    this.bytes += bytes;
    this.#carry();
  }

  freeze(): void {
    this.#isFrozen = true;
    this.#stop();
  }

  thaw(): void {
    this.#isFrozen = false;
    this.#carry();
  }

  /** What is underway is lost, and so is all that follows. */
  cut(): void {
    this.#isCut = true;
    this.#stop();
    this.#underway = [];
    this.bytes = 0;
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #carry(): void {
    const [next] = this.#underway;
    if (!next || this.#cancel || this.#isFrozen) return;
    this.#cancel = this.#timeline.schedule(this.#receiver(), Math.max(0, next.at - this.#timeline.now), () => {
      this.#cancel = undefined;
      this.#underway.shift();
      this.bytes -= next.bytes;
      next.arrive();
      this.#carry();
    });
  }
}
