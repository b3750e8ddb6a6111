import type { OutgoingData } from '../types';

/** Size on the wire in bytes; text counts as UTF-8, a lone surrogate as the 3 bytes of U+FFFD. */
export function byteLength(data: OutgoingData): number {
  if (typeof data !== 'string') return 'size' in data ? data.size : data.byteLength;
  let bytes = data.length;
  for (let index = 0; index < data.length; index++) {
    const unit = data.charCodeAt(index);
    if (unit > 0x7f) bytes++;
    if (unit > 0x7ff) bytes++;
    // A surrogate pair is 4 bytes: 3 counted for its first unit, 1 (from the length) for its second.
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = data.charCodeAt(index + 1);
      if (next >= 0xdc00 && next < 0xe000) index++;
    }
  }
  return bytes;
}
