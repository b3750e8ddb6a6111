/** One line of a hex view. */
export interface HexRow {
  /** Of its first byte, in hexadecimal. */
  readonly offset: string;
  readonly hex: string;
  /** What the bytes are as ASCII; a dot where that shows nothing. */
  readonly ascii: string;
}

const PER_ROW = 16;

/** Bytes as a hex view has them: sixteen to a line, in two groups. */
export function hexRows(bytes: Uint8Array): HexRow[] {
  return Array.from({ length: Math.ceil(bytes.length / PER_ROW) }, (_, row) => {
    const part = bytes.subarray(row * PER_ROW, (row + 1) * PER_ROW);
    const groups = [part.subarray(0, PER_ROW / 2), part.subarray(PER_ROW / 2)];
    return {
      offset: (row * PER_ROW).toString(16).padStart(8, '0'),
      hex: groups
        .map(toHex)
        .join('  ')
        .padEnd(PER_ROW * 3),
      ascii: Array.from(part, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join(''),
    };
  });
}

/** The same as text, ready to be copied. */
export const hexDump = (bytes: Uint8Array): string =>
  hexRows(bytes)
    .map(({ offset, hex, ascii }) => `${offset}  ${hex}  |${ascii}|`)
    .join('\n');

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** The bytes of what a WebSocket sends and delivers as binary; `null` for anything else. */
export function bytesOf(message: unknown): Uint8Array | null {
  if (message instanceof ArrayBuffer) return new Uint8Array(message);
  if (!ArrayBuffer.isView(message)) return null;
  return new Uint8Array(message.buffer, message.byteOffset, message.byteLength);
}
