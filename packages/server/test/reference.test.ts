import { expect, it } from 'vitest';
import { pages, tableAfter } from '../../../docs/test/pages';
import { DEFAULT_LIMITS } from '../src/limits';
import { DISCONNECTS } from '../src/disconnects';
import { envelope } from '../src/wire/envelope';

const pageOf = (name: string) => pages().find(({ path }) => path === name) ?? { path: '', text: '' };
const page = pageOf('docs/server.md');

it('the limits in docs/server.md are those there are', () => {
  const written = tableAfter(page, '### Limits').map(([name, value = '']) => [name, Number(value.replaceAll('_', ''))]);
  expect(Object.fromEntries(written)).toEqual(DEFAULT_LIMITS);
});

it('the close codes in docs/server.md are those that are sent', () => {
  const written = tableAfter(page, '## Two formats, one meaning').map(([code, other]) => [Number(code), Number(other)]);
  const sent = [...Object.values(DISCONNECTS).map(({ code }) => code), 3011].sort();
  expect(written).toEqual(sent.map((code) => [code, envelope.closeOf({ code, reason: '' }).code]));
});

it('a close code that is final in one format is final in the other, except those that the default table names', () => {
  const rows = tableAfter(pageOf('docs/reconnect.md'), '## Close codes');
  const verdicts = new Map(rows.map(([code, verdict]) => [Number(code), verdict]));
  const isFinalInCentrifugo = (code: number) => (code >= 3_500 && code < 4_000) || code >= 4_500;
  for (let code = 3_000; code < 5_000; code++) {
    if (verdicts.has(code) || code === DISCONNECTS.stale.code) continue; // a token that is late is not the end
    const verdict = verdicts.get(envelope.closeOf({ code, reason: '' }).code);
    expect(verdict === 'stop', String(code)).toBe(isFinalInCentrifugo(code));
  }
});
