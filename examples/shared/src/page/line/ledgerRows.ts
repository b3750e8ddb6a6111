import type { LedgerCounts } from '../../ledger';

/** A row of the ledger: from the server, to the server. A number that is left out is not counted. */
export interface LedgerRow {
  readonly label: string;
  readonly from?: number;
  readonly to?: number;
  /** Whether anything but 0 is bad news. */
  readonly isLoss?: boolean;
}

/** The reasons of a drop, in words. */
const REASONS: Readonly<Record<string, string>> = {
  overflow: 'the queue was full',
  'queue-full': 'the queue was full',
  expired: 'waited too long',
  volatile: 'sent with volatile',
  disabled: 'there is no queue',
  invalid: 'could not be encoded',
  cleared: 'the queue was cleared',
  disposed: 'the connection is gone',
};

export function ledgerRowsOf({ incoming, outgoing }: LedgerCounts): LedgerRow[] {
  const reasons = Object.entries(outgoing.dropped);
  return [
    { label: 'Sent', from: incoming.received + incoming.missing, to: outgoing.sent },
    { label: 'Received', from: incoming.received, to: outgoing.received },
    { label: '… after a reconnect', from: incoming.replayed },
    { label: 'Waiting', to: outgoing.waiting },
    { label: 'Missing', from: incoming.missing, to: outgoing.missing, isLoss: true },
    { label: 'Duplicated', from: incoming.duplicated, to: outgoing.duplicated, isLoss: true },
    { label: 'Dropped', to: reasons.reduce((sum, [, count]) => sum + count, 0), isLoss: true },
    ...reasons.map(([reason, count]) => ({ label: `… ${REASONS[reason] ?? reason}`, to: count, isLoss: true })),
    ...(incoming.newStreams > 0
      ? [{ label: 'Streams the server forgot', from: incoming.newStreams, isLoss: true }]
      : []),
  ];
}

/** The ledger in a line. */
export function ledgerSummaryOf({ incoming, outgoing }: LedgerCounts): { missing: number; duplicated: number } {
  return {
    missing: incoming.missing + outgoing.missing,
    duplicated: incoming.duplicated + outgoing.duplicated,
  };
}
