import type { LifecycleFact } from '@tautline/core';
import type { Report, Setting } from './line';

/** A connection under test, wherever it runs. It ends with the test. */
export interface Subject {
  report(): Promise<Report>;
  connect(): Promise<void>;
  send(message: string): Promise<void>;
}

/** A class of sockets, and where it runs. */
export interface Kind extends AsyncDisposable {
  readonly name: string;
  /** Close codes that it does not tell as they came, and what it tells instead. */
  readonly tells: Readonly<Record<number, number>>;
  /** In the world as it is. */
  open(setting: Setting): Promise<Subject>;
  openWorld(): Promise<World>;
}

/** Where time stands still, and network and page do what the test says. It ends with the test. */
export interface World {
  open(setting: Setting): Promise<Subject>;
  /** Lets time pass; each timer fires when it is due. */
  advance(milliseconds: number): Promise<void>;
  /** Time passes at once and nothing runs, as in a laptop that sleeps; what was due fires late. */
  sleep(milliseconds: number): Promise<void>;
  /** Has network and page say it. */
  tell(fact: LifecycleFact): Promise<void>;
}
