import type { Environment, LifecycleFact, LifecycleInterest } from '../../src/index';

interface Timer {
  readonly at: number;
  readonly label: string;
  readonly callback: () => void;
}

/** Time, chance, network and page, moved by hand. */
export class FakeEnvironment implements Environment {
  time = 1_800_000_000_000;
  /** What `random` returns. */
  chance = 0.5;
  online = true;
  hidden = false;
  /** Noted with each timer that is started meanwhile. */
  label = '';
  timers: Timer[] = [];
  readonly listeners = new Set<(fact: LifecycleFact) => void>();
  interest: LifecycleInterest | undefined;

  // Properties, since a connection copies the environment it is given.
  now = () => this.time;
  random = () => this.chance;
  isOnline = () => this.online;
  isHidden = () => this.hidden;

  setTimeout = (callback: () => void, delay: number) => {
    if (!(delay >= 0 && delay < 2 ** 31)) throw new RangeError(`No timer holds ${delay} ms.`);
    const timer = { at: this.time + delay, label: this.label, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  listen = (notify: (fact: LifecycleFact) => void, interest: LifecycleInterest) => {
    this.listeners.add(notify);
    this.interest = interest;
    return () => {
      this.listeners.delete(notify);
    };
  };

  tell(fact: LifecycleFact): void {
    if (fact === 'went-online') this.online = true;
    if (fact === 'went-offline') this.online = false;
    if (fact === 'page-hidden') this.hidden = true;
    if (fact === 'page-shown') this.hidden = false;
    for (const notify of [...this.listeners]) notify(fact);
  }

  /** Lets time pass; each timer fires when it is due. */
  advance(ms: number): void {
    const until = this.time + ms;
    for (let next = this.nextBy(until); next; next = this.nextBy(until)) this.fire(next);
    this.time = until;
  }

  /** Time passes and nothing runs, as in a laptop that sleeps; the timers that were due then fire late. */
  sleep(ms: number): void {
    this.time += ms;
    this.advance(0);
  }

  private nextBy(until: number): Timer | undefined {
    const due = this.timers.filter((timer) => timer.at <= until);
    return due.sort((a, b) => a.at - b.at)[0];
  }

  private fire(timer: Timer): void {
    this.timers = this.timers.filter((other) => other !== timer);
    this.time = Math.max(this.time, timer.at);
    timer.callback();
  }
}

/** Lets every promise that can settle do so; no time passes. */
export async function microtasks(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
