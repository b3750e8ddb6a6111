import type { InspectRecord } from '@tautline/core';

export const LOG_KINDS = ['sent', 'received', 'line', 'dropped'] as const;
export type LogKind = (typeof LOG_KINDS)[number];

export interface LogEntry {
  readonly id: number;
  readonly time: number;
  readonly kind: LogKind;
  readonly text: string;
}

/** What a connection tells its `inspect` option, as lines to read. The newest 500. */
export class EchoLog {
  #entries: readonly LogEntry[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();

  /** Give it to the connection: `inspect: log.add`. */
  readonly add = (record: InspectRecord): void => {
    const line = lineOf(record);
    if (line) this.#replace([...this.#entries.slice(-499), { id: this.#next++, time: record.time, ...line }]);
  };

  readonly clear = (): void => this.#replace([]);
  readonly getSnapshot = (): readonly LogEntry[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #replace(entries: readonly LogEntry[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) listener();
  }
}

/** What to write about a record; nothing about steps within one status. */
export function lineOf(record: InspectRecord): { readonly kind: LogKind; readonly text: string } | null {
  switch (record.type) {
    case 'send':
      return record.result === 'dropped'
        ? null
        : {
            kind: 'sent',
            text: describe(record.message) + (record.result === 'queued' ? '  (queued: the line is down)' : ''),
          };
    case 'message':
      return { kind: 'received', text: describe(record.message) };
    case 'drop':
      return { kind: 'dropped', text: `${describe(record.message)}  (${record.reason})` };
    case 'attempt':
      return { kind: 'line', text: `attempt ${record.attempt} (${record.reason}): ${record.url}` };
    case 'transition': {
      if (record.from === record.to || (record.to === 'connecting' && record.from !== 'open')) return null; // an attempt speaks for itself
      if (record.to === 'closing') return { kind: 'line', text: 'closing' };
      const { status, close, retryAt, subprotocol } = record.snapshot;
      const code = close && record.to !== 'open' ? `, close ${close.code}${close.reason && ` "${close.reason}"`}` : '';
      const wait = retryAt === null ? '' : `, next attempt in ${((retryAt - record.time) / 1_000).toFixed(1)} s`;
      const spoken = record.to === 'open' && subprotocol ? `, subprotocol ${subprotocol}` : '';
      return { kind: 'line', text: status + spoken + code + wait };
    }
  }
}

/** Text as it is; binary as its first bytes. */
export function describe(message: unknown): string {
  if (typeof message === 'string') return message;
  if (!(message instanceof ArrayBuffer) && !ArrayBuffer.isView(message)) return String(message);
  const bytes =
    message instanceof ArrayBuffer
      ? new Uint8Array(message)
      : new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
  const hex = [...bytes.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return `${bytes.length} bytes: ${hex}${bytes.length > 16 ? ' …' : ''}`;
}

export const clockTime = (time: number): string => {
  const date = new Date(time);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
};
