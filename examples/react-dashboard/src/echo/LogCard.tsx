import {
  copyOf,
  filterLog,
  LOG_KINDS,
  type CopyFormat,
  type EchoLog,
  type LogFilter,
} from '@tautline-examples/shared/page';
import { ArrowDown, Pause, Play, Trash2 } from 'lucide-react';
import { useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Choices } from '../parts/Choices';
import { CopyButton } from '../parts/CopyButton';
import { useFollowEnd } from '../parts/useFollowEnd';
import { LogItem, LOOKS } from './LogItem';

const KINDS = [
  { value: 'all' as const, label: 'All' },
  ...LOG_KINDS.map((value) => ({ value, label: LOOKS[value].label })),
];

/** Everything the line did, as its `inspect` option tells it. */
export function LogCard({ log }: { readonly log: EchoLog }) {
  const entries = useSyncExternalStore(log.subscribe, log.getSnapshot);
  const [paused, setPaused] = useState<typeof entries | null>(null);
  const [filter, setFilter] = useState<LogFilter>({ kind: 'all', text: '' });
  const [format, setFormat] = useState<CopyFormat>('text');
  const shown = useMemo(() => filterLog(paused ?? entries, filter), [paused, entries, filter]);

  const scroller = useRef<HTMLDivElement>(null);
  const { hasNews, toEnd } = useFollowEnd(scroller, { items: 'li' });
  const clear = () => {
    log.clear();
    setPaused(null);
  };

  return (
    <section className="card log-card" aria-labelledby="log-title">
      <header>
        <h2 id="log-title">Log</h2>
        <div className="end">
          <button type="button" className="button" onClick={() => setPaused(paused ? null : entries)}>
            {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
            {paused ? 'Go on' : 'Pause'}
          </button>
          <select
            className="select"
            aria-label="Copy as"
            value={format}
            onChange={(event) => setFormat(event.target.value as CopyFormat)} // the options are these
          >
            <option value="text">Text</option>
            <option value="json">JSON</option>
          </select>
          <CopyButton text={() => copyOf(shown, format)} label="Copy what is shown" />
          <button type="button" className="button icon quiet" aria-label="Clear the log" onClick={clear}>
            <Trash2 aria-hidden />
          </button>
        </div>
      </header>
      <div className="log-filter">
        <Choices
          options={KINDS}
          value={filter.kind}
          onChange={(kind) => setFilter({ ...filter, kind })}
          label="Show only"
        />
        <input
          type="search"
          className="input"
          aria-label="Find in the log"
          placeholder="Find text or bytes"
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
      </div>
      <div className="log" role="log" aria-labelledby="log-title" tabIndex={0} ref={scroller}>
        <ul>
          {shown.map((entry) => (
            <LogItem key={entry.id} entry={entry} />
          ))}
        </ul>
        {shown.length === 0 && (
          <p className="empty">{entries.length === 0 ? 'Nothing yet. Send something.' : 'Nothing like that.'}</p>
        )}
      </div>
      {hasNews && (
        <button type="button" className="button news" onClick={toEnd}>
          <ArrowDown aria-hidden />
          Newest
        </button>
      )}
    </section>
  );
}
