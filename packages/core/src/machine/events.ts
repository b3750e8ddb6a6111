import type { TautlineError } from '../errors';
import type { CloseInfo } from '../types';
import type { CloseVerdict } from '../wire/closeVerdict';
import type { TimerName } from './lasting';

/** What the machine is told: requests are verbs, facts are past. */
export type MachineEvent =
  | { readonly type: 'connect' | 'reconnect' | 'dispose' }
  | { readonly type: 'disconnect'; readonly code: number; readonly reason: string }
  | LineEvent
  /** The socket holds enough unsent bytes; the rest of the queue waits for `delay` milliseconds. */
  | { readonly type: 'flush-paused'; readonly delay: number }
  | { readonly type: 'timer-fired'; readonly timer: TimerName; readonly lateBy: number }
  | { readonly type: 'went-online' | 'went-offline' }
  | { readonly type: 'page-hidden' | 'page-shown' | 'page-frozen' | 'page-resumed' };

/** Facts about one line, by its number. */
export type LineEvent =
  | { readonly type: 'line-opened'; readonly line: number; readonly subprotocol: string }
  /** A provider, the constructor, the handshake or, later, who speaks for the line failed. */
  | {
      readonly type: 'line-failed';
      readonly line: number;
      readonly error: TautlineError;
      readonly verdict: CloseVerdict;
    }
  /** The socket reported an error. A close should follow, but not every platform sends it. */
  | { readonly type: 'line-errored'; readonly line: number }
  | { readonly type: 'line-closed'; readonly line: number; readonly close: CloseInfo; readonly verdict: CloseVerdict }
  /** The peer was heard while a ping was out or not answered yet. */
  | { readonly type: 'line-heard'; readonly line: number; readonly isAnswer: boolean };

/** Momentary acts. What lasts (line, timers) is derived from the state in `lasting.ts`. */
export type Effect =
  /** Begin the closing handshake, with the code and reason that the state holds. */
  | 'close'
  | 'ping'
  /** Send what waits in the queue. */
  | 'flush'
  /** Stand in for the close event that does not come. */
  | 'report';

export type EventType = MachineEvent['type'];
