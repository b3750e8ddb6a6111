import type { ServerStatus } from '@tautline-examples/shared';
import { detailOf } from '@tautline-examples/shared/page/format';
import type { ConnectionSnapshot } from '@tautline/core';

/** How the server is, in words, and in the colours that the theme has for a connection. */
export interface ServerState {
  readonly label: string;
  readonly detail: string;
  readonly tone: ConnectionSnapshot['status'];
}

const CONDITIONS: Readonly<Record<ServerStatus['condition'], Omit<ServerState, 'tone'>>> = {
  up: { label: 'Up', detail: '' },
  frozen: { label: 'Frozen', detail: 'Says nothing and hears nothing, but keeps its sockets open' },
  refusing: { label: 'Refusing', detail: 'Takes no new lines' },
  slow: { label: 'Slow', detail: 'Everything arrives late' },
};

const SERVICE_RESTART = 1012;

export function serverStateOf(
  snapshot: Pick<ConnectionSnapshot, 'status' | 'attempt' | 'retryAt' | 'paused' | 'close'>,
  newest: ServerStatus | undefined,
  now: number,
): ServerState {
  const { status, close } = snapshot;
  if (status === 'connected' && newest) {
    const isWell = newest.condition === 'up';
    return { ...CONDITIONS[newest.condition], tone: isWell ? 'connected' : 'reconnecting' };
  }
  if (status !== 'reconnecting') return { label: 'Connecting', detail: '', tone: 'connecting' };
  const isRestart = close?.code === SERVICE_RESTART;
  return { label: isRestart ? 'Restarting' : 'Not reachable', detail: detailOf(snapshot, now), tone: 'reconnecting' };
}

/** "3 h 12 min", "4 min 5 s", "8 s". */
export function formatUptime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
