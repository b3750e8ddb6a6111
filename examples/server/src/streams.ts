import { randomUUID } from 'node:crypto';
import type { Resume, Welcome } from '@tautline-examples/shared';
import { Outbox } from './outbox';
import { Pace } from './pace';

/** Frames kept for a client that is away: 30 seconds at full rate. */
const KEPT_FRAMES = 300_000;

/** What a client is owed, whether or not it has a socket at the moment. */
export interface Stream {
  readonly id: string;
  readonly path: string;
  readonly outbox: Outbox;
  readonly pace: Pace;
  /** Its sockets; more than one for the moment in which a new one replaces a dead one. */
  sockets: number;
  /** Since when it has none, in milliseconds since the epoch. */
  aloneSince: number;
}

/** The streams of all clients. They outlive the sockets, and a restart of the listener. */
export class Streams {
  readonly #streams = new Map<string, Stream>();

  constructor(
    private readonly keep: number,
    private readonly capacity = KEPT_FRAMES,
  ) {}

  get all(): IterableIterator<Stream> {
    return this.#streams.values();
  }

  on(path: string): Stream[] {
    return [...this.#streams.values()].filter((stream) => stream.path === path);
  }

  /** The stream that the client asks for, or a new one, and where to go on in it. */
  open(
    path: string,
    { session, after }: Resume,
    start: { rate: number; now: number; frames: () => string[] },
  ): { stream: Stream; cursor: number; welcome: Welcome } {
    const known = session === null ? undefined : this.#streams.get(session);
    if (known?.path === path && after < known.outbox.next) {
      const cursor = after + 1;
      return { stream: known, cursor, welcome: welcomeTo(known, true, known.outbox.next - cursor) };
    }
    const stream: Stream = {
      id: randomUUID(),
      path,
      outbox: new Outbox(this.capacity),
      pace: new Pace(start.rate),
      sockets: 0,
      aloneSince: start.now,
    };
    this.#streams.set(stream.id, stream);
    stream.outbox.append(rateFrame(start.rate));
    for (const frame of start.frames()) stream.outbox.append(frame);
    return { stream, cursor: 1, welcome: welcomeTo(stream, false, 0) };
  }

  /** Forgets the streams whose clients have been away for too long. */
  sweep(now: number): void {
    for (const [id, { sockets, aloneSince }] of this.#streams) {
      if (sockets === 0 && now - aloneSince > this.keep) this.#streams.delete(id);
    }
  }
}

export const rateFrame = (updatesPerSecond: number): string => JSON.stringify({ type: 'rate', updatesPerSecond });

const welcomeTo = ({ id }: Stream, resumed: boolean, replayed: number): Welcome => ({
  type: 'welcome',
  session: id,
  resumed,
  replayed,
});
