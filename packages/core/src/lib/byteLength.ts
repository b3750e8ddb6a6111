import type { OutgoingData } from '../types';

/** Size on the wire in bytes; text counts as UTF-8, a lone surrogate as the 3 bytes of U+FFFD. */
export function byteLength(data: OutgoingData): number {
  if (typeof data !== 'string') return 'size' in data ? data.size : data.byteLength;
  let bytes = data.length;
  if (ASCII.test(data)) return bytes;
  for (let index = 0; index < data.length; index++) {
    const point = data.codePointAt(index) ?? 0; // there is one at every index
    if (point > 0x7f) bytes++;
    if (point > 0x7ff) bytes++;
    if (point > 0xffff) index++; // a surrogate pair: two units, 4 bytes
  }
  return bytes;
}

/** Most text is, and this is several times faster than to look at each character from here. */
const ASCII = /^[\0-\x7f]*$/;
