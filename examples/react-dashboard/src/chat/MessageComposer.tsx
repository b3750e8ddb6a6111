import { lengthOf, MAX_TEXT } from '@tautline-examples/shared';
import { formatCount, isSendKey, MAX_TYPED } from '@tautline-examples/shared/page';
import { Send } from 'lucide-react';
import type { FormEvent, KeyboardEvent, RefObject } from 'react';

interface MessageComposerProps {
  readonly room: string;
  readonly draft: string;
  readonly onWrite: (draft: string) => void;
  readonly onSend: () => void;
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly autoFocus: boolean;
}

/** Enter sends, Shift+Enter breaks the line. Whether the text will do is for the server to say. */
export function MessageComposer({ room, draft, onWrite, onSend, input, autoFocus }: MessageComposerProps) {
  const length = lengthOf(draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
    input.current?.focus();
  };
  const sendOnEnter = (event: KeyboardEvent) => {
    if (isSendKey(event.nativeEvent)) submit(event);
  };

  return (
    <form className="composer" onSubmit={submit}>
      <label>
        <span className="visually-hidden">Message to {room}</span>
        <textarea
          ref={input}
          className="input"
          rows={1}
          dir="auto"
          value={draft}
          maxLength={MAX_TYPED}
          placeholder={`Message to ${room}`}
          autoFocus={autoFocus}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={sendOnEnter}
        />
      </label>
      <button type="submit" className="button primary icon" aria-label="Send" disabled={!draft.trim()}>
        <Send aria-hidden />
      </button>
      {length > 0.9 * MAX_TEXT && (
        <p className={length > MAX_TEXT ? 'length number small down' : 'length number small muted'}>
          {formatCount(length)} of {formatCount(MAX_TEXT)} characters
        </p>
      )}
    </form>
  );
}
