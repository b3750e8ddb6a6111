import { IDLE_SNAPSHOT, type Connection, type ConnectionSnapshot } from '@tautline/core';
import { Attached, fieldsOf, type Kept } from './attached';
import { connectionOf, type Rendered } from './connectionOf';
import type { UseWebSocketResult } from './types';

type Result<In, Out, T> = UseWebSocketResult<In, Out, T, Connection<In, Out> | null>;

/** Attaches a component to the connection it names. */
export class LineAttachment<In, Out, S, T> extends Attached<
  In,
  ConnectionSnapshot,
  S,
  T,
  Rendered<In, Out, S, T>,
  Result<In, Out, T>
> {
  /** Whether there may be a provider above the component, settled by its first render. */
  declare readonly isProvided?: true;
  declare protected made?: Omit<Result<In, Out, T>, 'data' | keyof ConnectionSnapshot>;

  constructor(rendered: Rendered<In, Out, S, T>, kept: Kept<Rendered<In, Out, S, T>, Result<In, Out, T>>) {
    super(null, rendered, kept);
    if (rendered.pool) this.isProvided = true;
    this.source = connectionOf(rendered, () => this.latest);
  }

  protected get idle(): ConnectionSnapshot {
    return IDLE_SNAPSHOT;
  }

  protected get fields(): readonly string[] {
    return FIELDS;
  }

  protected get beside(): object {
    const connection = this.source as Connection<In, Out> | null; // which is what it was given
    /** Who is gone holds nothing, and must not open what nobody would close. */
    const held = () => {
      if (this.listener === null) return null;
      this.hold();
      return connection;
    };
    return (this.made ??= {
      connection,
      connect: () => held()?.connect(),
      reconnect: () => held()?.reconnect(),
      disconnect: connection?.disconnect ?? (() => {}),
      send: connection?.send ?? (() => 'dropped'),
    });
  }

  override onMessage(message: In): void {
    this.latest?.onMessage?.(message);
  }
}

const FIELDS = /* @__PURE__ */ fieldsOf(IDLE_SNAPSHOT);
