/** A message of Phoenix Channels V2 as the server sees it, whichever kind of frame carries it. */
export interface PhoenixMessage {
  readonly joinRef: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  /** Bytes where the frame is binary; in a `phx_reply`, the bytes are its `response`. */
  readonly payload: unknown;
}

export interface PhoenixReply {
  readonly status: 'ok' | 'error';
  readonly response: unknown;
}

const PUSH = 0;
const REPLY = 1;
const BROADCAST = 2;

/** @throws for what a client of V2 does not send. */
export function readFrame(data: Buffer, isBinary: boolean): PhoenixMessage {
  if (isBinary) return readBinary(data);
  const [joinRef, ref, topic, event, payload] = JSON.parse(data.toString()) as [
    string,
    string,
    string,
    string,
    unknown,
  ]; // of a client under test
  if (typeof topic !== 'string' || typeof event !== 'string') throw new TypeError(`Not V2: ${data.toString()}`);
  return { joinRef, ref, topic, event, payload };
}

function readBinary(data: Buffer): PhoenixMessage {
  if (data[0] !== PUSH) throw new TypeError(`Clients do not send kind ${data[0]}.`);
  const sizes = data.subarray(1, 5);
  let offset = 5;
  const [joinRef = '', ref = '', topic = '', event = ''] = Array.from(sizes, (size) =>
    data.toString('utf8', offset, (offset += size)),
  );
  return { joinRef, ref, topic, event, payload: data.subarray(offset) };
}

export function writeFrame(message: PhoenixMessage): string | Buffer {
  const { joinRef, ref, topic, event, payload } = message;
  if (Buffer.isBuffer(payload)) {
    return ref === null && joinRef === null
      ? writeBinary(BROADCAST, [topic, event], payload)
      : writeBinary(PUSH, [joinRef ?? '', topic, event], payload);
  }
  if (event === 'phx_reply') {
    const { status, response } = payload as PhoenixReply; // the server makes no other
    if (Buffer.isBuffer(response)) return writeBinary(REPLY, [joinRef ?? '', ref ?? '', topic, status], response);
  }
  return JSON.stringify([joinRef, ref, topic, event, payload]);
}

function writeBinary(kind: number, fields: string[], payload: Buffer): Buffer {
  const parts = fields.map((field) => Buffer.from(field));
  return Buffer.concat([Buffer.from([kind, ...parts.map(({ length }) => length)]), ...parts, payload]);
}
