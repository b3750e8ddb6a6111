import { describe, expect, it } from 'vitest';
import type { LogEntry } from './echoLog';
import { contentOf, copyOf, filterLog, sizeOf } from './logView';

const entry = (over: Partial<LogEntry>): LogEntry => ({
  id: 1,
  time: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  kind: 'received',
  text: '',
  binary: null,
  remark: '',
  ...over,
});
const hello = entry({ id: 1, kind: 'sent', text: 'Hello' });
const object = entry({ id: 2, text: '{"a":[1]}' });
const bytes = entry({ id: 3, binary: { start: Uint8Array.of(0x7f, 0xff), size: 2_000 } });
const lost = entry({ id: 4, kind: 'dropped', text: 'bye', remark: 'overflow' });
const log = [hello, object, bytes, lost];

describe('the filter', () => {
  it.each([
    { kind: 'all', text: '', ids: [1, 2, 3, 4] },
    { kind: 'received', text: '', ids: [2, 3] },
    { kind: 'all', text: ' hell', ids: [1] },
    { kind: 'all', text: '7F ff', ids: [3] },
    { kind: 'all', text: 'overflow', ids: [4] },
    { kind: 'sent', text: 'overflow', ids: [] },
  ] as const)('$kind "$text" finds $ids', ({ ids, ...filter }) =>
    expect(filterLog(log, filter).map(({ id }) => id)).toEqual(ids),
  );
});

describe('an entry', () => {
  it('is text as it is, and JSON with a line for each field', () => {
    expect(contentOf(hello)).toBe('Hello');
    expect(contentOf(object)).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(contentOf(entry({ text: '{ no JSON' }))).toBe('{ no JSON');
  });

  it('is binary as a hex view, with its size', () => {
    expect(contentOf(bytes)).toContain('00000000  7f ff');
    expect(sizeOf(bytes)).toBe('2,000 bytes, the first 2 bytes');
    expect(sizeOf(hello)).toBe('');
  });
});

describe('a copy', () => {
  it('as text has a line for each entry', () => {
    const lines = copyOf(log, 'text').split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^\d\d:04:05\.006 sent Hello$/);
    expect(lines[4]).toContain('dropped (overflow) bye');
  });

  it('as JSON has everything', () => {
    expect(JSON.parse(copyOf([bytes, lost], 'json'))).toEqual([
      { time: '2026-01-02T03:04:05.006Z', kind: 'received', bytes: '7f ff', size: 2_000 },
      { time: '2026-01-02T03:04:05.006Z', kind: 'dropped', text: 'bye', remark: 'overflow' },
    ]);
  });
});
