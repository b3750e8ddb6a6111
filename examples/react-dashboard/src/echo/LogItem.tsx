import { clockTime, contentOf, copyOf, sizeOf, type LogEntry } from '@tautline-examples/shared/page';
import { ArrowDownLeft, ArrowUpRight, Cable, CircleSlash } from 'lucide-react';
import { memo } from 'react';
import { CopyButton } from '../parts/CopyButton';

export const LOOKS = {
  sent: { label: 'Sent', icon: ArrowUpRight },
  received: { label: 'Received', icon: ArrowDownLeft },
  line: { label: 'Line', icon: Cable },
  dropped: { label: 'Dropped', icon: CircleSlash },
};

/** One line of the log. Drawn once: an entry never changes. */
export const LogItem = memo(function LogItem({ entry }: { readonly entry: LogEntry }) {
  const { kind, time, binary, remark } = entry;
  const { label, icon: Icon } = LOOKS[kind];
  return (
    <li data-kind={kind}>
      <time>{clockTime(time)}</time>
      <span className="kind">
        <Icon aria-hidden />
        {label}
      </span>
      <span className="muted remark">{[sizeOf(entry), remark].filter(Boolean).join(', ')}</span>
      <CopyButton text={() => copyOf([entry], 'text')} label="Copy this entry" />
      <pre className={binary ? 'what bytes' : 'what'}>{contentOf(entry)}</pre>
    </li>
  );
});
