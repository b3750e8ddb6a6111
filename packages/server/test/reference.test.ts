import { expect, it } from 'vitest';
import { pages, tableAfter } from '../../../docs/test/pages';
import { DEFAULT_LIMITS } from '../src/limits';
import { DISCONNECTS } from '../src/disconnects';
import { envelope } from '../src/wire/envelope';

const page = pages().find(({ path }) => path === 'docs/server.md') ?? { path: '', text: '' };

it('the limits in docs/server.md are those there are', () => {
  const written = tableAfter(page, '### Limits').map(([name, value = '']) => [name, Number(value.replaceAll('_', ''))]);
  expect(Object.fromEntries(written)).toEqual(DEFAULT_LIMITS);
});

it('the close codes in docs/server.md are those that are sent', () => {
  const written = tableAfter(page, '## Two formats, one meaning').map(([code, other]) => [Number(code), Number(other)]);
  const sent = [...Object.values(DISCONNECTS).map(({ code }) => code), 3011].sort();
  expect(written).toEqual(sent.map((code) => [code, envelope.closeOf({ code, reason: '' }).code]));
});
