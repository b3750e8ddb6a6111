import type { Connection, ConnectionOptions, InspectRecord } from '@tautline/core';
import type { LedgerCounts } from '../../ledger';
import { LineRecorder } from './lineRecorder';
import { PretendedPage } from './pretendedPage';
import type { RoundTrip } from './roundTrips';

/** What waits for a line. */
export interface QueueDepth {
  readonly messages: number;
  /** `null` where nobody counts them: what waits for a channel. */
  readonly bytes: number | null;
}

/** Counts what passes a line, by numbers on the messages. */
export interface LineTracker {
  counts(): LedgerCounts;
  roundTrips(): readonly RoundTrip[];
  queue(): QueueDepth;
  /** Sends one message that can be counted, whether or not the line is up. */
  probe(): void;
}

/** A connection, and all that the dock shows of it and does to it. */
export interface WatchedLine {
  readonly name: string;
  readonly connection: Connection<unknown, unknown>;
  readonly recorder: LineRecorder;
  readonly page: PretendedPage;
  readonly tracker: LineTracker;
}

/** How much may wait for a watched line: what Tautline allows by default, written down here to be shown. */
export const QUEUE_BOUND = { maxMessages: 1_000, maxBytes: 1_048_576 };
/** How long a page that pretends to be hidden keeps its line, in milliseconds. */
const HIDDEN_AFTER = 500;

/** Watches a line for the dock: give `options` to the connection, and then the connection to `over`. */
export class LineWatch {
  readonly #recorder = new LineRecorder();
  readonly #page = new PretendedPage();
  readonly #listeners: ((record: InspectRecord) => void)[] = [this.#recorder.record];

  readonly options = {
    inspect: (record: InspectRecord) => this.#listeners.forEach((hear) => hear(record)),
    queue: QUEUE_BOUND,
    WebSocket: this.#page.WebSocket,
    lifecycle: { hiddenAfter: HIDDEN_AFTER, environment: this.#page.environment },
  } satisfies ConnectionOptions;

  /** Tells somebody else of the same records. */
  hear(listener: (record: InspectRecord) => void): this {
    this.#listeners.push(listener);
    return this;
  }

  over<In, Out>(name: string, connection: Connection<In, Out>, tracker: LineTracker): WatchedLine {
    const anyMessages = connection as unknown as Connection<unknown, unknown>; // the dock looks into none of them
    return { name, connection: anyMessages, tracker, recorder: this.#recorder, page: this.#page };
  }
}
