import type { CloseVerdict } from '../../wire/closeVerdict';

/** Of `pusher:error` (`code`, `message`) and `pusher:subscription_error` (`status`, `error`); anything may be missing. */
export interface Complaint {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly status?: unknown;
  readonly error?: unknown;
}

export const complaintIn = (data: unknown): Complaint => Object(data) as Complaint; // whatever it is, it has properties or none

/** In words. */
export function wordsOf(data: unknown): string {
  const { code, status = code, message, error = message } = complaintIn(data);
  return `${error} (${status})`;
}

/**
 * On a code that the server closes with, or names in `pusher:error`, by ranges of a hundred.
 *
 * @see https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/#connection-closure
 */
export const verdictOnCode = (code: unknown): CloseVerdict | undefined =>
  (['stop', 'slow', 'retry-now'] as const)[Math.floor(Number(code) / 100) - 40];

/** On the status of HTTP that a refusal has, by the app's endpoint or by the server: about the user, or about the moment. */
export function verdictOnStatus(status: unknown): CloseVerdict {
  if (status === 429 || status === 503) return 'slow';
  return Math.floor(Number(status) / 100) === 4 ? 'stop' : 'retry';
}
