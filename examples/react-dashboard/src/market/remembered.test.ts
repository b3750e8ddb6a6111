import { expect, it, vi } from 'vitest';
import { createRemembered } from './remembered';

const texts = (stored: unknown) => (Array.isArray(stored) ? stored.filter((item) => typeof item === 'string') : []);
const storageOf = (content: string | null) => {
  const storage = {
    content,
    getItem: () => storage.content,
    setItem: (_key: string, to: string) => (storage.content = to),
  };
  return storage;
};

it.each([
  [null, []],
  ['{', []],
  ['{"a":1}', []],
  ['["a",5]', ['a']],
])('begins with the best that can be made of %s', (content, value) => {
  expect(createRemembered('key', texts, storageOf(content)).get()).toEqual(value);
});

it('tells who listens, and finds the value again', () => {
  const storage = storageOf(null);
  const remembered = createRemembered('key', texts, storage);
  const listener = vi.fn();
  const stop = remembered.subscribe(listener);
  remembered.set(['a']);
  stop();
  remembered.set(['a', 'b']);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(createRemembered('key', texts, storage).get()).toEqual(['a', 'b']);
});

it('goes on where nothing can be stored', () => {
  const refuse = () => {
    throw new Error('full');
  };
  const remembered = createRemembered('key', texts, { getItem: () => null, setItem: refuse });
  remembered.set(['a']);
  expect(remembered.get()).toEqual(['a']);
});
