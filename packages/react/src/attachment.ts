import { IDLE_SNAPSHOT, type Connection, type ConnectionPool, type ConnectionSnapshot } from '@tautline/core';
import { Attached, type Attachment } from './attached';
import { connectionOf, type Rendered } from './connectionOf';
import type { UseWebSocketResult } from './types';

type Result<In, Out, T> = UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;

/** Attaches a component to the connection it names: opens nothing and starts nothing, since a render may be thrown away. */
export function attach<In, Out, S, T>(
  identity: unknown,
  rendered: Rendered<In, Out, S, T>,
  pool: ConnectionPool,
): Attachment<Rendered<In, Out, S, T>, Result<In, Out, T>> {
  let attachment: LineAttachment<In, Out, S, T> | undefined;
  const line = connectionOf(() => attachment?.rendered ?? rendered, pool);
  return (attachment = new LineAttachment(line, identity, rendered));
}

class LineAttachment<In, Out, S, T> extends Attached<
  In,
  ConnectionSnapshot,
  S,
  T,
  Rendered<In, Out, S, T>,
  Result<In, Out, T>
> {
  constructor(line: Connection<In, Out> | null, identity: unknown, rendered: Rendered<In, Out, S, T>) {
    /** Who is gone holds nothing, and must not open what nobody would close. */
    const wish = (what: 'connect' | 'reconnect') => () => {
      if (this.isUnmounted) return;
      this.hold();
      line?.[what]();
    };
    super(line, [identity, rendered], {
      idle: IDLE_SNAPSHOT,
      fixed: {
        connection: line,
        send: line?.send ?? (() => 'dropped'),
        disconnect: line?.disconnect ?? (() => {}),
        connect: wish('connect'),
        reconnect: wish('reconnect'),
      } satisfies Omit<Result<In, Out, T>, 'data' | keyof ConnectionSnapshot>,
    });
  }

  override hear(message: In): void {
    this.rendered.onMessage?.(message);
  }
}
