import type { Codec } from '../../wire/codec';

/**
 * A message of Phoenix Channels V2. Where its frame is binary, the payload is an `ArrayBuffer`; in a
 * `phx_reply`, the `response` in the payload is.
 *
 * @see https://hexdocs.pm/phoenix/writing_a_channels_client.html
 */
export type PhoenixFrame = readonly [
  joinRef: string | null,
  ref: string | null,
  topic: string,
  event: string,
  payload: unknown,
];

const PUSH = 0;
const REPLY = 1;

/** How many fields a binary frame from the server has before its payload: a push, a reply, a broadcast. */
const FIELDS = [3, 4, 2];

/** Text and binary frames. What is neither throws, and becomes an `invalid` event. */
export const phoenixCodec: Codec<PhoenixFrame, PhoenixFrame> = {
  encode(frame) {
    const payload = frame[4];
    if (ArrayBuffer.isView(payload))
      return encodeBinary(frame, new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength));
    return payload instanceof ArrayBuffer ? encodeBinary(frame, new Uint8Array(payload)) : JSON.stringify(frame);
  },
  decode(data) {
    if (typeof data === 'string') {
      const frame = JSON.parse(data) as PhoenixFrame; // checked for what tells it from all else
      if (Array.isArray(frame) && typeof frame[2] === 'string' && typeof frame[3] === 'string') return frame;
    } else if ('byteLength' in data) {
      const frame = decodeBinary(data);
      if (frame) return frame;
    }
    throw new TypeError('Not a frame of Phoenix V2, or a Blob.');
  },
};

/** A push; clients send no other kind. */
function encodeBinary([joinRef, ref, topic, event]: PhoenixFrame, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const fields = [joinRef ?? '', ref ?? '', topic, event].map((field) => [...encoder.encode(field)]);
  const lengths = fields.map(({ length }) => length);
  if (Math.max(...lengths) > 255) throw new RangeError('A field of more than 255 bytes.');
  const header = [PUSH, ...lengths, ...fields.flat()];
  const frame = new Uint8Array(header.length + payload.length);
  frame.set(header);
  frame.set(payload, header.length);
  return frame;
}

/** A kind, the lengths of its fields, the fields, and the payload. */
function decodeBinary(data: ArrayBuffer): PhoenixFrame | undefined {
  const bytes = new Uint8Array(data);
  const decoder = new TextDecoder();
  const [kind = -1] = bytes;
  const lengths = [...bytes.subarray(1, 1 + (FIELDS[kind] ?? 0))];
  let offset = 1 + lengths.length;
  const fields = lengths.map((length) => decoder.decode(bytes.subarray(offset, (offset += length))));
  if (lengths.length !== FIELDS[kind] || offset > bytes.length) return undefined;

  const payload = data.slice(offset);
  const [event, topic, ref, joinRef] = fields.reverse() as [string, string, string?, string?]; // no kind has fewer than two
  if (kind !== REPLY) return [ref || null, null, topic, event, payload]; // a push says its join ref where a reply says its ref
  return [joinRef || null, ref || null, topic, 'phx_reply', { status: event, response: payload }];
}
