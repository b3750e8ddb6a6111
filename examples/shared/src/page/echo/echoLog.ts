import type { CloseVerdict, InspectRecord } from '@tautline/core';
import { bytesOf } from './hexDump';
import { describeVerdict } from './closeCodes';

export const LOG_KINDS = ['sent', 'received', 'line', 'dropped'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export interface LogEntry {
  readonly id: number;
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly kind: LogKind;
  /** A message as text, or what happened to the line. */
  readonly text: string;
  /** Of a binary message the first bytes, and how many there were; `null` for text. */
  readonly binary: { readonly start: Uint8Array; readonly size: number } | null;
  /** What became of a message: `queued`, or why it was dropped. Empty for the usual. */
  readonly remark: string;
}

/** How many lines are kept, and how many bytes or characters of each message. */
const KEPT = 500;
const KEPT_BYTES = 1_024;
const KEPT_CHARACTERS = 20_000;
/** How long a change may wait to be told, in milliseconds: a flushed queue writes a thousand lines in one. */
const TELL_AFTER = 16;

/** What a connection tells its `inspect` option, as lines to read. The newest 500. Its methods need no `this`. */
export class EchoLog {
  #entries: readonly LogEntry[] = [];
  #next = 1;
  #telling: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  /** Give it to the connection: `inspect: log.add`. */
  readonly add = (record: InspectRecord): void => {
    const line = lineOf(record);
    if (line) this.#append(record.time, line);
  };

  /** What the library makes of the end of a socket. */
  readonly judge = (code: number, verdict: CloseVerdict): void =>
    this.#append(Date.now(), lineOnly(`the verdict on ${code} is ${describeVerdict(verdict)}`));

  readonly clear = (): void => this.#replace([]);
  readonly getSnapshot = (): readonly LogEntry[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #append(time: number, line: LogLine): void {
    this.#replace([...this.#entries.slice(1 - KEPT), { id: this.#next++, time, ...line }]);
  }

  #replace(entries: readonly LogEntry[]): void {
    this.#entries = entries;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const listener of this.#listeners) listener();
    }, TELL_AFTER);
  }
}

type LogLine = Omit<LogEntry, 'id' | 'time'>;

/** What to write about a record; nothing about steps within one status. */
export function lineOf(record: InspectRecord): LogLine | null {
  switch (record.type) {
    case 'send':
      if (record.result === 'dropped') return null; // told by its drop
      return messageLine('sent', record.message, record.result === 'queued' ? 'queued: the line is down' : '');
    case 'message':
      return messageLine('received', record.message);
    case 'drop':
      return messageLine('dropped', record.message, record.reason);
    case 'attempt':
      return lineOnly(`attempt ${record.attempt} (${record.reason}): ${record.url}`);
    case 'transition': {
      if (record.from === record.to || (record.to === 'connecting' && record.from !== 'open')) return null; // an attempt speaks for itself
      if (record.to === 'closing') return lineOnly('closing');
      const { status, close, retryAt } = record.snapshot;
      const code = close && record.to !== 'open' ? `, close ${close.code}${close.reason && ` "${close.reason}"`}` : '';
      const wait = retryAt === null ? '' : `, next attempt in ${((retryAt - record.time) / 1_000).toFixed(1)} s`;
      return lineOnly(status + code + wait);
    }
  }
}

const lineOnly = (text: string): LogLine => ({ kind: 'line', text, binary: null, remark: '' });

function messageLine(kind: LogKind, message: unknown, remark = ''): LogLine {
  const bytes = bytesOf(message);
  if (bytes) return { kind, text: '', binary: { start: bytes.slice(0, KEPT_BYTES), size: bytes.length }, remark };
  return { kind, text: String(message).slice(0, KEPT_CHARACTERS), binary: null, remark };
}

export const clockTime = (time: number): string => {
  const date = new Date(time);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};
