import { expect, it } from 'vitest';
import { bytesOf, hexDump, hexRows } from './hexDump';

const ascii = (text: string) => new TextEncoder().encode(text);

it('shows offset, bytes and ASCII, sixteen to a line', () => {
  expect(hexDump(ascii('Hello over there!\n'))).toBe(
    [
      '00000000  48 65 6c 6c 6f 20 6f 76  65 72 20 74 68 65 72 65  |Hello over there|',
      '00000010  21 0a                                             |!.|',
    ].join('\n'),
  );
});

it('shows a dot for what is no letter', () => {
  expect(hexRows(Uint8Array.of(0, 31, 32, 126, 127, 255))[0]?.ascii).toBe('.. ~..');
});

it('shows nothing of nothing', () => expect(hexDump(new Uint8Array())).toBe(''));

it('sees the bytes of a buffer, and of a part of one', () => {
  const { buffer } = Uint8Array.of(1, 2, 3, 4);
  expect(bytesOf(buffer)).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(bytesOf(new DataView(buffer, 1, 2))).toEqual(Uint8Array.of(2, 3));
  expect(bytesOf('text')).toBeNull();
});
