import { clockTime, LOG_KINDS, type EchoLog, type LogKind } from '@tautline-examples/shared/page';
import { ArrowDownLeft, ArrowUpRight, Cable, CircleSlash, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';

const LOOKS = {
  sent: { label: 'Sent', icon: ArrowUpRight },
  received: { label: 'Received', icon: ArrowDownLeft },
  line: { label: 'Line', icon: Cable },
  dropped: { label: 'Dropped', icon: CircleSlash },
};

export function EchoLogView({ log }: { readonly log: EchoLog }) {
  const entries = useSyncExternalStore(log.subscribe, log.getSnapshot);
  const [kind, setKind] = useState<LogKind | null>(null);
  const shown = kind ? entries.filter((entry) => entry.kind === kind) : entries;

  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [shown.length]);

  return (
    <section className="card" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Log</h2>
        <div className="end">
          <div className="choices" role="group" aria-label="Show only">
            <button type="button" aria-pressed={kind === null} onClick={() => setKind(null)}>
              All
            </button>
            {LOG_KINDS.map((choice) => (
              <button key={choice} type="button" aria-pressed={kind === choice} onClick={() => setKind(choice)}>
                {LOOKS[choice].label}
              </button>
            ))}
          </div>
          <button type="button" className="button icon quiet" aria-label="Clear the log" onClick={log.clear}>
            <Trash2 aria-hidden />
          </button>
        </div>
      </header>
      <div className="log" role="log" aria-labelledby="log-title" tabIndex={0} ref={scroller}>
        <ul>
          {shown.map(({ id, time, kind, text }) => {
            const { label, icon: Icon } = LOOKS[kind];
            return (
              <li key={id} data-kind={kind}>
                <time>{clockTime(time)}</time>
                <span className="kind">
                  <Icon aria-hidden />
                  {label}
                </span>
                <span className="what">{text}</span>
              </li>
            );
          })}
        </ul>
        {shown.length === 0 && <p className="empty">Nothing yet. Send something.</p>}
      </div>
    </section>
  );
}
