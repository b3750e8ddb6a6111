import { IDLE_SNAPSHOT, type Connection, type ConnectionSnapshot } from '@tautline/core';
import { Attached, type Attachment } from './attached';
import { connectionOf, type Rendered } from './connectionOf';
import type { UseWebSocketResult } from './types';

type Result<In, Out, T> = UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;

class LineAttachment<In, Out, S, T> extends Attached<
  In,
  ConnectionSnapshot,
  S,
  T,
  Rendered<In, Out, S, T>,
  Result<In, Out, T>
> {
  protected readonly fixed: Omit<Result<In, Out, T>, 'data' | keyof ConnectionSnapshot>;

  constructor(rendered: Rendered<In, Out, S, T>) {
    super(null, rendered, IDLE_SNAPSHOT);
    const connection = (this.source = connectionOf(this));
    /** Who is gone holds nothing, and must not open what nobody would close. */
    const held = () => {
      if (this.isGone) return null;
      this.hold();
      return connection;
    };
    this.fixed = {
      connection,
      connect: () => held()?.connect(),
      reconnect: () => held()?.reconnect(),
      disconnect: connection?.disconnect ?? (() => {}),
      send: connection?.send ?? (() => 'dropped'),
    };
  }

  override onMessage(message: In): void {
    this.rendered.onMessage?.(message);
  }
}

/** Attaches a component to the connection it names: opens nothing and starts nothing, since a render may be thrown away. */
export const attach = <In, Out, S, T>(
  rendered: Rendered<In, Out, S, T>,
): Attachment<Rendered<In, Out, S, T>, Result<In, Out, T>> => new LineAttachment(rendered);
