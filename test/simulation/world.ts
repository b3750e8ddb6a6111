import { checkEnding } from './ending';
import { Chance } from './chance';
import { Client } from './client';
import { act } from './acts';
import { Ledger } from './ledger';
import type { Link } from './link';
import { checkAlways } from './rules';
import { SimulatedServer } from './server';
import { partyOf, Timeline, type Party } from './timeline';
import { Trace } from './trace';

/** How many things happen to a world before it is left in peace. */
const ACTS = 80;

/** Nobody settles in so many steps: they go round in circles. */
const MAX_STEPS = 100_000;

/** Everything: clients, server, what lies between them, and what happens to all of it, from one seed. */
export class World {
  readonly chance: Chance;
  readonly timeline = new Timeline();
  readonly trace = new Trace(() => this.timeline.now);
  readonly ledger = new Ledger();
  readonly links = new Set<Link>();
  /** Who decides what happens. */
  readonly fate: Party = partyOf('fate');
  readonly historySize: number;
  /** How long a client's token holds, in milliseconds. */
  readonly tokenLife: number;
  readonly server: SimulatedServer;
  readonly clients: readonly Client[];
  /** No hook hesitates or refuses, and packets arrive. */
  isHealthy = false;
  /** Packets of new lines are swallowed. */
  isBlackout = false;
  steps = 0;
  #problem: string | undefined;

  constructor(seed: number) {
    this.chance = new Chance(seed);
    this.historySize = this.chance.pick([2, 8, 50]);
    this.tokenLife = this.chance.pick([Infinity, Infinity, 12_000]);
    this.server = new SimulatedServer(this);
    this.clients = Array.from({ length: this.chance.between(1, 3) }, (_, index) => new Client(this, index));
  }

  /** What went wrong first. */
  get firstProblem(): string | undefined {
    return this.#problem;
  }

  readonly problem = (what: string): void => {
    this.trace.note('PROBLEM', what);
    this.#problem ??= what;
  };

  /** A note of a client is at the server. */
  noted(data: unknown): void {
    const { note } = data as { note: number }; // as clients send it
    const known = this.ledger.notes.get(note);
    if (!known || ++known.arrived > 1) this.problem(`note ${note} arrived twice`);
  }

  isReachable(party: Party): boolean {
    return !this.isBlackout && this.clients.every((client) => client.party !== party || client.page.online);
  }

  /** The server has ended a user's subscriptions to a topic for good. */
  endForUser(user: string, topic: string): void {
    for (const client of this.clients) {
      for (const room of client.rooms) if (client.user === user && room.topic === topic) room.wasEnded = true;
    }
  }

  /** Happens to a party in a moment, since nobody learns anything at once. */
  later(party: Party, run: () => void): void {
    this.timeline.schedule(party, this.chance.between(0, 200), run);
  }

  /** Lives to the end. Returns what went wrong, if anything did. */
  async live(): Promise<string | undefined> {
    for (const { rooms } of this.clients) for (const room of rooms) if (this.chance.is(0.5)) room.retain();
    for (let left = ACTS; left > 0 && !this.#problem; left--) {
      await this.pass(this.chance.between(0, this.chance.is(0.1) ? 4_000 : 500));
      act(this);
      await this.#settle();
    }
    if (!this.#problem) await checkEnding(this);
    return this.#problem;
  }

  /** Lets time pass, and everything happen that is due. */
  async pass(duration: number): Promise<void> {
    const end = this.timeline.now + duration;
    while (!this.#problem && this.timeline.step(end)) await this.#settle();
  }

  /** After each step: promises go on, and the rules must hold. */
  async #settle(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    checkAlways(this);
    if (++this.steps > MAX_STEPS) this.problem('never comes to rest');
  }
}
