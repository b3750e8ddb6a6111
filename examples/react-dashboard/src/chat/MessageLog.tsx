import { formatDay, type ChatEntry, type Earlier } from '@tautline-examples/shared/page';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { memo, useEffect, useRef } from 'react';
import { EarlierMessages } from './EarlierMessages';
import { GapDivider } from './GapDivider';
import { MessageItem, type MessageActions } from './MessageItem';
import { useFollowEnd } from '../parts/useFollowEnd';

interface MessageLogProps extends MessageActions {
  readonly room: string;
  readonly entries: readonly ChatEntry[];
  readonly earlier: Earlier;
  readonly onEarlier: () => void;
  readonly onFillGap: (after: number) => void;
}

/** What was said. Stays at the end, unless its reader has scrolled up; at the top it loads what was said before. Typing does not draw it anew. */
export const MessageLog = memo(function MessageLog({
  room,
  entries,
  earlier,
  onEarlier,
  onFillGap,
  ...actions
}: MessageLogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { hasNews, toEnd } = useFollowEnd(scroller, {
    items: '.message',
    onTop: () => earlier.status === 'more' && onEarlier(), // what failed is tried again only by its button
  });
  const written = entries.filter((entry) => entry.kind === 'line' && entry.status === 'pending').at(-1)?.key;
  useEffect(() => {
    if (written) toEnd(); // who says something wants to see it
  }, [written, toEnd]);
  /** The buttons here are gone once they are used; the focus goes on to the log. */
  const toLog = (act: () => void) => () => {
    act();
    scroller.current?.focus();
  };

  return (
    <div className="messages-frame">
      <div
        className="messages"
        role="log"
        aria-label={`Messages in ${room}`}
        aria-busy={earlier.status === 'loading'}
        tabIndex={0}
        ref={scroller}
      >
        <ol>
          {entries.length > 0 && <EarlierMessages room={room} earlier={earlier} onLoad={toLog(onEarlier)} />}
          {entries.map((entry) => {
            if (entry.kind === 'line') return <MessageItem key={entry.key} line={entry} {...actions} />;
            if (entry.kind === 'gap')
              return <GapDivider key={entry.key} gap={entry.gap} onFill={toLog(() => onFillGap(entry.gap.after))} />;
            return (
              <li key={entry.key} className={`divider ${entry.kind}`}>
                {entry.kind === 'day' ? formatDay(entry.at) : 'New'}
              </li>
            );
          })}
        </ol>
        {entries.length === 0 && (
          <p className="empty">
            <MessagesSquare aria-hidden />
            {earlier.status === 'unknown' ? 'Joining…' : 'Nothing was said yet.'}
          </p>
        )}
      </div>
      {hasNews && (
        <button type="button" className="button news" onClick={toLog(toEnd)}>
          <ArrowDown aria-hidden />
          New messages
        </button>
      )}
    </div>
  );
});
