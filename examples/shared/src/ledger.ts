import type { Resume, Welcome } from './protocol';

/** What went over the line, in both directions. */
export interface LedgerCounts {
  readonly incoming: {
    readonly received: number;
    /** Numbers that were skipped: lost for good. */
    readonly missing: number;
    readonly duplicated: number;
    /** Received late, because the line was down when the server wrote them. */
    readonly replayed: number;
    /** How often the server had forgotten the stream, so that nobody can say what is missing. */
    readonly newStreams: number;
  };
  readonly outgoing: {
    readonly sent: number;
    readonly received: number;
    /** On the way: not confirmed yet. */
    readonly waiting: number;
    /** Handed to a socket that died, and not confirmed although later ones are. */
    readonly missing: number;
    readonly duplicated: number;
    /** Given up, and reported: how many for each reason. */
    readonly dropped: Readonly<Record<string, number>>;
  };
}

/** Counts by the numbers on the messages, so that "nothing was lost" is a fact and not a feeling. */
export class Ledger {
  #session: string | null = null;
  #last = 0;
  #incoming = { received: 0, missing: 0, duplicated: 0, replayed: 0, newStreams: 0 };

  #line = 0;
  #confirmedLine = 0;
  #nextProbe = 1;
  readonly #waiting = new Map<number, { line: number }>();
  #outgoing = { sent: 0, received: 0, duplicated: 0 };
  #lost = 0;
  readonly #dropped: Record<string, number> = {};

  /** What to say on a new socket: where we were. */
  resume(): Resume {
    return { type: 'resume', session: this.#session, after: this.#last };
  }

  welcomed({ session, resumed, replayed }: Welcome): void {
    if (resumed) this.resumed(replayed);
    else this.began(0);
    this.#session = session;
  }

  /** A new line goes on where the last one ended, with what was missed. */
  resumed(replayed: number): void {
    this.#incoming.replayed += replayed;
    this.#line += 1;
  }

  /** A new line has a new stream, whose numbers go on after `last`. */
  began(last: number): void {
    if (this.#line > 0) this.#incoming.newStreams += 1;
    this.#last = last;
    this.#line += 1;
  }

  /** A message of the stream. */
  received(seq: number): void {
    if (seq <= this.#last) {
      this.#incoming.duplicated += 1;
      return;
    }
    this.#incoming.received += 1;
    this.#incoming.missing += seq - this.#last - 1;
    this.#last = seq;
  }

  /** The number for the next probe, counted as sent. */
  nextProbe(): number {
    const id = this.#nextProbe++;
    this.#outgoing.sent += 1;
    this.#waiting.set(id, { line: this.#line });
    return id;
  }

  confirmed(id: number): void {
    const probe = this.#waiting.get(id);
    if (!probe) {
      this.#outgoing.duplicated += 1;
      return;
    }
    this.#waiting.delete(id);
    this.#outgoing.received += 1;
    this.#confirmedLine = Math.max(this.#confirmedLine, probe.line);
  }

  dropped(id: number, reason: string): void {
    if (this.#waiting.delete(id)) this.#dropped[reason] = (this.#dropped[reason] ?? 0) + 1;
  }

  /** It is known that nobody will confirm it any more. */
  lost(id: number): void {
    if (this.#waiting.delete(id)) this.#lost += 1;
  }

  counts(): LedgerCounts {
    let late = 0;
    for (const { line } of this.#waiting.values()) if (line < this.#confirmedLine) late += 1;
    return {
      incoming: { ...this.#incoming },
      outgoing: {
        ...this.#outgoing,
        missing: late + this.#lost,
        waiting: this.#waiting.size - late,
        dropped: { ...this.#dropped },
      },
    };
  }
}
