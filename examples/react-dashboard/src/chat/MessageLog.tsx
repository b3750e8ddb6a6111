import type { ChatEntry } from '@tautline-examples/shared/page';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { MessageItem, type MessageActions } from './MessageItem';
import { useFollowEnd } from './useFollowEnd';

interface MessageLogProps extends MessageActions {
  readonly room: string;
  readonly entries: readonly ChatEntry[];
}

/** What was said. Stays at the end, unless its reader has scrolled up. */
export function MessageLog({ room, entries, ...actions }: MessageLogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { hasNews, toEnd } = useFollowEnd(scroller);
  const written = entries.filter((entry) => entry.kind === 'line' && entry.status === 'pending').at(-1)?.key;
  useEffect(() => {
    if (written) toEnd(); // who says something wants to see it
  }, [written, toEnd]);
  const readNews = () => {
    toEnd();
    scroller.current?.focus();
  };

  return (
    <div className="messages-frame">
      <div className="messages" role="log" aria-label={`Messages in ${room}`} tabIndex={0} ref={scroller}>
        <ol>
          {entries.map((entry) =>
            entry.kind === 'gap' ? (
              <li key={entry.key} className="gap">
                Something may be missing here
              </li>
            ) : (
              <MessageItem key={entry.key} line={entry} {...actions} />
            ),
          )}
        </ol>
        {entries.length === 0 && (
          <p className="empty">
            <MessagesSquare aria-hidden />
            Nothing was said yet.
          </p>
        )}
      </div>
      {hasNews && (
        <button type="button" className="button news" onClick={readNews}>
          <ArrowDown aria-hidden />
          New messages
        </button>
      )}
    </div>
  );
}
