import { formatSize } from '../format';
import { prettify } from './compose';
import { clockTime, type LogEntry, type LogKind } from './echoLog';
import { hexDump, toHex } from './hexDump';

/** What of the log is asked for. */
export interface LogFilter {
  readonly kind: LogKind | 'all';
  /** Part of the text, of a remark, or of bytes written in hexadecimal; capitals do not matter. */
  readonly text: string;
}

export function filterLog(entries: readonly LogEntry[], { kind, text }: LogFilter): readonly LogEntry[] {
  const wanted = text.trim().toLowerCase();
  if (kind === 'all' && !wanted) return entries;
  return entries.filter((entry) => (kind === 'all' || entry.kind === kind) && searchable(entry).includes(wanted));
}

const searchable = ({ text, binary, remark }: LogEntry): string =>
  `${text} ${remark} ${binary ? toHex(binary.start) : ''}`.toLowerCase();

/** What an entry says, for the eye: JSON with a line for each field, bytes as a hex view. */
export function contentOf({ kind, text, binary }: LogEntry): string {
  if (binary) return hexDump(binary.start);
  return kind !== 'line' && /^\s*[[{]/.test(text) ? prettify(text) : text;
}

/** How large a binary message is, and how much of it is shown; empty for text. */
export function sizeOf({ binary }: LogEntry): string {
  if (!binary) return '';
  const { start, size } = binary;
  return start.length < size ? `${formatSize(size)}, the first ${formatSize(start.length)}` : formatSize(size);
}

export type CopyFormat = 'text' | 'json';

/** Entries to be pasted elsewhere. JSON has the bytes of a binary message as hexadecimal text. */
export function copyOf(entries: readonly LogEntry[], format: CopyFormat): string {
  if (format === 'text') return entries.map(toText).join('\n');
  return JSON.stringify(entries.map(toPlain), null, 2);
}

function toText(entry: LogEntry): string {
  const { time, kind, text, binary, remark } = entry;
  const notes = [sizeOf(entry), remark].filter(Boolean).map((note) => `(${note})`);
  const head = [clockTime(time), kind, ...notes].join(' ');
  return binary ? `${head}\n${hexDump(binary.start)}` : `${head} ${text}`;
}

function toPlain({ time, kind, text, binary, remark }: LogEntry) {
  return {
    time: new Date(time).toISOString(),
    kind,
    ...(binary ? { bytes: toHex(binary.start), size: binary.size } : { text }),
    ...(remark && { remark }),
  };
}
