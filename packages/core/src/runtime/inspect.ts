import type { EventType } from '../machine/events';
import type { TimerName } from '../machine/lasting';
import type { StateName } from '../machine/state';
import type { AttemptReason, ConnectionSnapshot, DropReason, SendResult } from '../types';

/** What `inspect` receives; `time` is in milliseconds since the epoch. Messages of the handshake, which may carry tokens, never appear. */
export type InspectRecord = { readonly time: number } & (
  | {
      readonly type: 'transition';
      readonly event: EventType;
      /** Which timer fired, when one did. */
      readonly timer: TimerName | null;
      readonly from: StateName;
      readonly to: StateName;
      /** Without the subprotocol, which may be a token. */
      readonly snapshot: ConnectionSnapshot;
    }
  | {
      readonly type: 'attempt';
      readonly attempt: number;
      readonly reason: AttemptReason;
      /** Without user, password and query values. */
      readonly url: string;
      /** How many subprotocols are offered; their names may be tokens. */
      readonly protocols: number;
    }
  | { readonly type: 'message'; readonly message: unknown }
  | { readonly type: 'send'; readonly message: unknown; readonly result: SendResult }
  | { readonly type: 'drop'; readonly message: unknown; readonly reason: DropReason }
);

/** `Omit` that keeps a union a union. */
type Timeless<R> = R extends unknown ? Omit<R, 'time'> : never;
export type Inspect = (record: Timeless<InspectRecord>) => void;
