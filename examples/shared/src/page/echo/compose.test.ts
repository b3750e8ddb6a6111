import { expect, it } from 'vitest';
import { compose, COMPOSE_FORMATS, SAMPLES } from './compose';

it('sends text as it is', () => {
  expect(compose('text', '{')).toBe('{');
});

it('sends JSON without the spaces, and says when it is none', () => {
  expect(compose('json', '{ "a": 1 }')).toBe('{"a":1}');
  expect(compose('json', "{ 'a': 1 }")).toBeInstanceOf(Error);
});

it('sends bytes written in hexadecimal, and says when they are not', () => {
  expect(compose('binary', '00 7f, 0xFF')).toEqual(Uint8Array.of(0, 127, 255));
  expect(compose('binary', '')).toEqual(new Uint8Array());
  expect(compose('binary', '0')).toBeInstanceOf(Error);
  expect(compose('binary', 'zz')).toBeInstanceOf(Error);
});

it.each(COMPOSE_FORMATS)('begins with something that can be sent as %s', (format) => {
  expect(compose(format, SAMPLES[format])).not.toBeInstanceOf(Error);
});
