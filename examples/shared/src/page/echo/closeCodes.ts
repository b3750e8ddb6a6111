import type { CloseVerdict } from '@tautline/core';

export interface CloseCode {
  readonly code: number;
  /** Of RFC 6455, the IANA registry, or HTTP by analogy. */
  readonly meaning: string;
  /** Tautline's by default; a test asks the library for each. */
  readonly verdict: CloseVerdict;
}

/** Close codes that a server may end a connection with; 1006 stands for none at all. */
export const CLOSE_CODES: readonly CloseCode[] = [
  { code: 1000, meaning: 'Normal closure', verdict: 'retry' },
  { code: 1001, meaning: 'Going away', verdict: 'retry' },
  { code: 1002, meaning: 'Protocol error', verdict: 'stop' },
  { code: 1003, meaning: 'Unsupported data', verdict: 'stop' },
  { code: 1006, meaning: 'No close frame: the line is cut', verdict: 'retry' },
  { code: 1007, meaning: 'Invalid payload', verdict: 'stop' },
  { code: 1008, meaning: 'Policy violation', verdict: 'stop' },
  { code: 1009, meaning: 'Message too big', verdict: 'stop' },
  { code: 1010, meaning: 'Mandatory extension', verdict: 'stop' },
  { code: 1011, meaning: 'Internal server error', verdict: 'retry' },
  { code: 1012, meaning: 'Service restart', verdict: 'retry-now' },
  { code: 1013, meaning: 'Try again later', verdict: 'slow' },
  { code: 1014, meaning: 'Bad gateway', verdict: 'retry' },
  { code: 3000, meaning: 'Unauthorised', verdict: 'retry' },
  { code: 4400, meaning: 'Bad request', verdict: 'stop' },
  { code: 4401, meaning: 'Unauthorised', verdict: 'reauth' },
  { code: 4403, meaning: 'Forbidden', verdict: 'stop' },
  { code: 4404, meaning: 'Not found', verdict: 'stop' },
  { code: 4429, meaning: 'Too many requests', verdict: 'slow' },
];

const VERDICTS: Readonly<Record<CloseVerdict, string>> = {
  retry: 'tries again, after a random wait that grows',
  'retry-now': 'tries again soon, however often it was tried before',
  slow: 'tries again after a long wait',
  reauth: 'asks for new credentials and tries once more, at once',
  stop: 'does not try again, until connect()',
};

/** "stop: does not try again, until connect()". */
export const describeVerdict = (verdict: CloseVerdict): string => `${verdict}: ${VERDICTS[verdict]}`;
