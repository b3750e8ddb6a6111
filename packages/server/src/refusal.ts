const REASONS = {
  internal: { code: 100, message: 'internal server error', temporary: true },
  unauthorized: { code: 101, message: 'unauthorized' },
  'unknown-channel': { code: 102, message: 'unknown channel' },
  'permission-denied': { code: 103, message: 'permission denied' },
  'method-not-found': { code: 104, message: 'method not found' },
  'already-subscribed': { code: 105, message: 'already subscribed' },
  'limit-exceeded': { code: 106, message: 'limit exceeded' },
  'bad-request': { code: 107, message: 'bad request' },
  'not-available': { code: 108, message: 'not available' },
  'token-expired': { code: 109, message: 'token expired' },
  expired: { code: 110, message: 'expired' },
  'too-many-requests': { code: 111, message: 'too many requests', temporary: true },
  'unrecoverable-position': { code: 112, message: 'unrecoverable position' },
} as const;

/** Why a command is refused, in the words of Centrifugo's error codes 100 to 112. */
export type RefusalReason = keyof typeof REASONS;

export const codeOf = (reason: RefusalReason): number => REASONS[reason].code;

export interface RefusalOptions {
  /** In words, for the client's developer. @default that of the reason */
  readonly message?: string;
  /** Whether the client should try again later. @default true for `internal` and `too-many-requests` */
  readonly temporary?: boolean;
  /** Told to clients of the envelope as `payload`; Centrifugo's protocol has no place for it. @default none */
  readonly data?: unknown;
}

/**
 * Throw it from a hook to refuse what a client asked for: with a reason of the protocol, or with a code of your
 * own from 400 to 1999. Anything else that a hook throws is a bug of the server: the client learns only `internal`.
 *
 * @see https://centrifugal.dev/docs/server/codes
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly temporary: boolean;
  readonly data: unknown;

  constructor(reason: RefusalReason | number, options: RefusalOptions = {}) {
    const known: { code: number; message: string; temporary?: boolean } =
      typeof reason === 'number' ? { code: reason, message: 'refused' } : REASONS[reason];
    super(options.message ?? known.message);
    this.code = known.code;
    this.temporary = options.temporary ?? known.temporary ?? false;
    this.data = options.data;
  }
}
