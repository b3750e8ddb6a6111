/**
 * What to do after a close code.
 *
 * - `retry`: with backoff.
 * - `retry-now`: with the first retry's short wait, however many attempts came before.
 * - `slow`: with the longest wait at once.
 * - `reauth`: providers run again and one attempt follows at once; the same verdict again is final.
 * - `stop`: never, until `connect()`.
 */
export type CloseVerdict = 'retry' | 'retry-now' | 'slow' | 'reauth' | 'stop';
