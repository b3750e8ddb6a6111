/** A close code with its reason. */
export interface Disconnect {
  /**
   * Of Centrifugo's protocol: 3000 to 3499 and 4000 to 4499 make the client come back, 3500 to 3999 and 4500 to
   * 4999 are final. Clients of the envelope get the code of their table that means the same.
   */
  readonly code: number;
  /** At most 123 bytes of UTF-8. */
  readonly reason: string;
}

/**
 * Why the server itself closes lines.
 *
 * @see https://centrifugal.dev/docs/server/codes
 */
export const DISCONNECTS = {
  shutdown: { code: 3001, reason: 'shutdown' },
  serverError: { code: 3004, reason: 'internal server error' },
  expired: { code: 3005, reason: 'connection expired' },
  slow: { code: 3008, reason: 'slow' },
  noPong: { code: 3012, reason: 'no pong' },
  tooManyRequests: { code: 3013, reason: 'too many requests' },
  invalidToken: { code: 3500, reason: 'invalid token' },
  badRequest: { code: 3501, reason: 'bad request' },
  stale: { code: 3502, reason: 'stale' },
  forceDisconnect: { code: 3503, reason: 'force disconnect' },
} as const satisfies Record<string, Disconnect>;
