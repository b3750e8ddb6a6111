import { formatClock, type ChatLine } from '@tautline-examples/shared/page';
import { Check, Clock, Pencil, RotateCw, Trash2, TriangleAlert } from 'lucide-react';
import { memo } from 'react';

/** What to do with a message that was refused. */
export interface MessageActions {
  readonly onRetry: (id: string) => void;
  readonly onEdit: (id: string) => void;
  readonly onDiscard: (id: string) => void;
}

const STATUS = {
  sent: { label: 'Sent', icon: Check },
  pending: { label: 'Sending', icon: Clock },
  failed: { label: 'Not sent', icon: TriangleAlert },
};

/** One message. Text is text: whatever is written in it, nothing of it runs. Drawn anew only when it changed: there may be thousands. */
export const MessageItem = memo(function MessageItem({
  line,
  onRetry,
  onEdit,
  onDiscard,
}: MessageActions & { readonly line: ChatLine }) {
  const { id, name, text, at, isMine, isFirst, status, failure } = line;
  const { label, icon: Icon } = STATUS[status];
  return (
    <li className="message" data-mine={isMine} data-state={status} data-first={isFirst}>
      <p className={isFirst && !isMine ? 'author' : 'author visually-hidden'}>
        <bdi>{name}</bdi>
      </p>
      <p className="text" dir="auto">
        {text}
      </p>
      <p className="meta">
        {at !== null && <time dateTime={new Date(at).toISOString()}>{formatClock(at)}</time>}
        {isMine && (
          <span className="state" title={label}>
            <Icon aria-hidden />
            <span className={status === 'sent' ? 'visually-hidden' : ''}>{label}</span>
          </span>
        )}
      </p>
      {failure !== null && (
        <div className="failure">
          <p>{failure}</p>
          <button type="button" className="button" onClick={() => onRetry(id)}>
            <RotateCw aria-hidden />
            Retry
          </button>
          <button type="button" className="button" onClick={() => onEdit(id)}>
            <Pencil aria-hidden />
            Edit
          </button>
          <button type="button" className="button" onClick={() => onDiscard(id)}>
            <Trash2 aria-hidden />
            Discard
          </button>
        </div>
      )}
    </li>
  );
});
