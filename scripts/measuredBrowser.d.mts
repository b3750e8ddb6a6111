import type { Client } from 'chrome-remote-interface';

export interface MeasuredBrowser extends AsyncDisposable {
  readonly version: string;
  /** Seconds of processor time since the browser began, by the kind of process: `renderer`, `GPU`. */
  cpuTimes(): Promise<Record<string, number>>;
  /** A page in a context of its own, once it has loaded. */
  openPage(url: string): Promise<MeasuredPage>;
}

export interface MeasuredPage extends AsyncDisposable {
  readonly devtools: Client;
  /** Runs a function in the page, which sees nothing but its argument; both that and the result go through as JSON. */
  run<Result>(script: () => Result): Promise<Awaited<Result>>;
  run<Argument, Result>(script: (argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>>;
}

/** @throws {Error} when there is no Chromium; it says what to install. */
export function launchMeasuredBrowser(flags?: readonly string[]): Promise<MeasuredBrowser>;
