import type { ResolvedOptions } from '../options';
import type { CloseInfo } from '../types';
import type { CloseVerdict } from '../wire/closeCodes';

/** What to do after a close: `shouldReconnect` over `closeCodes` over the default table. */
export function verdictOn<In, Out>(
  close: CloseInfo,
  attempt: number,
  { closeCodes, shouldReconnect }: Pick<ResolvedOptions<In, Out>, 'closeCodes' | 'shouldReconnect'>,
): CloseVerdict {
  const verdict = closeCodes[close.code] ?? 'retry';
  if (!shouldReconnect) return verdict;
  try {
    if (!shouldReconnect(close, { attempt, verdict })) return 'stop';
    return verdict === 'stop' ? 'retry' : verdict;
  } catch (error) {
    console.error('Tautline: `shouldReconnect` threw; the close-code table decides.', error);
    return verdict;
  }
}
