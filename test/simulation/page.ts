import type { Environment, LifecycleFact } from '@tautline/core';
import type { Chance } from './chance';
import type { Party, Timeline } from './timeline';

/** A page's time, chance and surroundings. */
export class Page implements Environment {
  readonly party: Party;
  readonly listeners = new Set<(fact: LifecycleFact) => void>();
  online = true;
  hidden = false;
  frozen = false;
  /** How wrong the page's clock is, in milliseconds. */
  skew = 0;
  readonly #timeline: Timeline;
  readonly #chance: Chance;

  constructor(party: Party, timeline: Timeline, chance: Chance) {
    this.party = party;
    this.#timeline = timeline;
    this.#chance = chance;
  }

  // Properties, since a connection copies the environment it is given.
  now = () => this.#timeline.now + this.skew;
  random = () => this.#chance.next();
  isOnline = () => this.online;
  isHidden = () => this.hidden;
  setTimeout = (run: () => void, delay: number) => this.#timeline.setTimeout(this.party, run, delay);

  listen = (notify: (fact: LifecycleFact) => void) => {
    this.listeners.add(notify);
    return () => void this.listeners.delete(notify);
  };

  tell(fact: LifecycleFact): void {
    if (fact === 'went-online') this.online = true;
    if (fact === 'went-offline') this.online = false;
    if (fact === 'page-hidden') this.hidden = true;
    if (fact === 'page-shown') this.hidden = false;
    if (fact === 'page-frozen') this.frozen = true;
    if (fact === 'page-resumed') this.frozen = false;
    for (const notify of [...this.listeners]) notify(fact);
  }
}
