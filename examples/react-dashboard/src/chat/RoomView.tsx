import { CHAT_PATH, type RoomId } from '@tautline-examples/shared';
import { chatEntriesOf, typistsOf, typingText } from '@tautline-examples/shared/page';
import { useWebSocket } from '@tautline/react';
import { useMemo, useRef } from 'react';
import { SERVER } from '../line';
import { chat, useRoom } from './chat';
import { MemberList } from './MemberList';
import { MessageComposer } from './MessageComposer';
import { MessageLog } from './MessageLog';
import { Notice } from '../parts/Notice';

interface RoomViewProps {
  readonly room: RoomId;
  readonly name: string;
  /** Whether somebody came here just now, by a button that is gone. */
  readonly isEntered: boolean;
}

/** One room: what was said, who types, what to say, and who is there. */
export function RoomView({ room, name, isEntered }: RoomViewProps) {
  const { state, members, status, error, actions } = useRoom(room);
  const { messages, outgoing, gaps, newSince } = state;
  const entries = useMemo(
    () => chatEntriesOf({ messages, outgoing, gaps, newSince }, name),
    [messages, outgoing, gaps, newSince, name],
  );
  const line = useWebSocket(chat);
  const problem = line.status === 'failed' ? line.error : error;

  const input = useRef<HTMLTextAreaElement>(null);
  const messageActions = useMemo(() => {
    /** The buttons of a message are gone once they are used; the focus goes on to the composer. */
    const toComposer = (act: (id: string) => void) => (id: string) => {
      act(id);
      input.current?.focus();
    };
    const { retry, edit, discard } = actions;
    return { onRetry: toComposer(retry), onEdit: toComposer(edit), onDiscard: toComposer(discard) };
  }, [actions]);

  return (
    <>
      <section className="card room" aria-labelledby="room-title">
        <header>
          <div>
            <h2 id="room-title">{room}</h2>
            <p className="muted small">
              ws://{SERVER}
              {CHAT_PATH}
            </p>
          </div>
        </header>
        {problem && <Notice tone="bad">{problem.message}</Notice>}
        <MessageLog
          key={room} // another room is another log: nothing of it is news
          room={room}
          entries={entries}
          earlier={state.earlier}
          onEarlier={actions.loadEarlier}
          onFillGap={actions.fillGap}
          {...messageActions}
        />
        <p className="typing muted small">{typingText(typistsOf(state))}</p>
        <MessageComposer
          room={room}
          draft={state.draft}
          onWrite={actions.write}
          onSend={actions.say}
          input={input}
          autoFocus={isEntered}
        />
      </section>
      <MemberList members={members} name={name} isCurrent={status !== 'rejoining'} />
    </>
  );
}
