import type { OutgoingData } from '../types';

/** Size on the wire in bytes; text counts as UTF-8, a lone surrogate as the 3 bytes of U+FFFD. */
export function byteLength(data: OutgoingData): number {
  if (typeof data !== 'string') return 'size' in data ? data.size : data.byteLength;
  let bytes = data.length;
  if (ASCII.test(data)) return bytes;
  // The units of a character are counted; what its UTF-8 needs beyond them is 1 byte up to U+07FF, and 2 above, surrogate pairs included.
  for (const character of data) if (character > '\x7f') bytes += character > '\u07ff' ? 2 : 1;
  return bytes;
}

/** Most text is, and this is several times faster than to look at each character from here. */
const ASCII = /^[\0-\x7f]*$/;
