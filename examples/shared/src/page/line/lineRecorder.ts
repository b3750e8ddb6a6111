import type { DropReason, InspectRecord } from '@tautline/core';

type Transition = Extract<InspectRecord, { type: 'transition' }>;
type Attempt = Extract<InspectRecord, { type: 'attempt' }>;

/** Messages given up one after the other for the same reason. */
interface DropBurst {
  readonly type: 'drops';
  readonly time: number;
  readonly reason: DropReason;
  readonly count: number;
}

/** What the timeline is drawn from. */
export type LineEntry = Transition | Attempt | DropBurst;

/** How many entries are kept: some minutes of the busiest line. */
const KEPT = 600;
/** Drops within this time are one burst, in milliseconds. */
const BURST = 250;

/** What `inspect` tells of a line, as far as it makes a picture. Messages are counted and not kept, so that 10,000 a second cost nothing. */
export class LineRecorder {
  readonly #entries: LineEntry[] = [];
  #received = 0;

  readonly record = (record: InspectRecord): void => {
    if (record.type === 'message') this.#received += 1;
    else if (record.type === 'drop') this.#dropped(record);
    else if (record.type !== 'send' && isSeen(record)) this.#add(record);
  };

  /** The newest, in order. The same list each time, which grows. */
  get entries(): readonly LineEntry[] {
    return this.#entries;
  }

  /** How many messages came. */
  readonly received = (): number => this.#received;

  #add(entry: LineEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.splice(0, KEPT / 4);
  }

  #dropped({ time, reason }: Extract<InspectRecord, { type: 'drop' }>): void {
    const last = this.#entries.at(-1);
    const isSameBurst = last?.type === 'drops' && last.reason === reason && time - last.time < BURST;
    if (isSameBurst) this.#entries[this.#entries.length - 1] = { ...last, count: last.count + 1 };
    else this.#add({ type: 'drops', time, reason, count: 1 });
  }
}

/** Whether a step shows: not those within a state that are about the queue, or about time alone. */
function isSeen(record: Transition | Attempt): boolean {
  if (record.type === 'attempt' || record.from !== record.to || record.to === 'backoff') return true;
  if (record.event === 'timer-fired') return record.timer === 'ping';
  return record.event !== 'flush-paused' && record.event !== 'line-errored';
}
