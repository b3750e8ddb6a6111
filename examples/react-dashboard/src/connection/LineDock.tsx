import { isDockOpen, ledgerSummaryOf, rememberDock, type WatchedLine } from '@tautline-examples/shared/page';
import { useWebSocket } from '@tautline/react';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId, useState } from 'react';
import { createPortal } from 'react-dom';
import { Notice } from '../parts/Notice';
import { useEvery } from '../parts/useEvery';
import { ConnectionBadge } from './ConnectionBadge';
import { FaultPanel } from './FaultPanel';
import { LatencySparkline } from './LatencySparkline';
import { LedgerTable } from './LedgerTable';
import { LineEvents } from './LineEvents';
import { LineTimeline } from './LineTimeline';
import { QueueGauge } from './QueueGauge';

/** At the bottom of every page: how its line is, and ways to hurt it. */
export function LineDock({ line }: { readonly line: WatchedLine }) {
  const [isOpen, setOpen] = useState(isDockOpen);
  const panel = useId();
  const toggle = () => {
    rememberDock(!isOpen);
    setOpen(!isOpen);
  };

  return createPortal(
    <section className="dock" aria-label={`The line of this page: ${line.name}`}>
      <div className="strip">
        <button type="button" className="button quiet" aria-expanded={isOpen} aria-controls={panel} onClick={toggle}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronUp aria-hidden />}
          Hurt the line
        </button>
        <span className="which">
          <span className="muted small">{line.name}</span>
          <ConnectionBadge connection={line.connection} />
        </span>
        <LineTimeline line={line} />
        <LineSummary line={line} />
      </div>
      <div id={panel} className="open" hidden={!isOpen}>
        {isOpen && <LineDetails line={line} />}
      </div>
    </section>,
    document.body,
  );
}

function LineSummary({ line: { tracker } }: { readonly line: WatchedLine }) {
  const { missing, duplicated } = useEvery(500, () => ledgerSummaryOf(tracker.counts()));
  const { messages } = useEvery(250, tracker.queue);
  return (
    <span className="summary number">
      <span>{messages} queued</span>
      <span className={missing ? 'loss' : 'none'}>{missing} missing</span>
      <span className={duplicated ? 'loss' : 'none'}>{duplicated} duplicated</span>
    </span>
  );
}

function LineDetails({ line }: { readonly line: WatchedLine }) {
  const { status, error } = useWebSocket(line.connection, { enabled: false });
  return (
    <>
      <div className="part">
        <FaultPanel line={line} />
        {error && status !== 'connected' && (
          <Notice tone={status === 'failed' ? 'bad' : 'warn'}>{error.message}</Notice>
        )}
      </div>
      <div className="part">
        <QueueGauge line={line} />
        <LatencySparkline line={line} />
        <LineEvents line={line} />
      </div>
      <div className="part">
        <LedgerTable line={line} />
      </div>
    </>
  );
}
