import { createHash } from 'node:crypto';

/** What happened, readable, and comparable by its hash. */
export class Trace {
  readonly #began: number;
  readonly #now: () => number;
  readonly #lines: string[] = [];

  constructor(now: () => number) {
    this.#now = now;
    this.#began = now();
  }

  note(who: string, what: string): void {
    const time = ((this.#now() - this.#began) / 1_000).toFixed(3).padStart(9);
    this.#lines.push(`${time}  ${who.padEnd(9)} ${what}`);
  }

  get hash(): string {
    return createHash('sha256').update(this.#lines.join('\n')).digest('hex');
  }

  includes(text: string): boolean {
    return this.#lines.some((line) => line.includes(text));
  }

  /** The last so many lines. */
  tail(count: number): string {
    const rest = this.#lines.length - count;
    return [...(rest > 0 ? [`... ${rest} lines before`] : []), ...this.#lines.slice(-count)].join('\n');
  }
}
