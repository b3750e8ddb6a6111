import { rememberName } from '@tautline-examples/shared/page';
import { ConnectionProvider } from '@tautline/react';
import { useEffect, useState } from 'react';
import { LineDock } from '../connection/LineDock';
import { chat, chatLine, store, useChat } from './chat';
import { NameForm } from './NameForm';
import { RoomList } from './RoomList';
import { RoomView } from './RoomView';

/** The same rooms as in the other dashboard: React talks to Vue here. */
export function ChatPage() {
  const name = useChat((state) => state.name);
  const room = useChat((state) => state.room);
  useEffect(() => {
    store.show(store.getSnapshot().room);
    return () => store.show(null);
  }, []);

  // The button that was used to come or to leave is gone: the focus goes on to what is there instead.
  const [hasChanged, setChanged] = useState(false);
  const change = (next: string | null) => {
    setChanged(true);
    rememberName(next);
    store.use(next);
  };

  if (name === null) {
    return (
      <>
        <NameForm onName={change} autoFocus={hasChanged} />
        <LineDock line={chatLine} />
      </>
    );
  }
  return (
    <ConnectionProvider connection={chat}>
      <div className="chat">
        <RoomList selected={room} name={name} onLeave={() => change(null)} />
        <RoomView room={room} name={name} isEntered={hasChanged} />
        <p className="protocols muted small">
          Two protocols, the same rooms: React speaks plain JSON with <code>envelope()</code>, Vue speaks Centrifugo’s
          with <code>centrifugo()</code>.
        </p>
      </div>
      <LineDock line={chatLine} />
    </ConnectionProvider>
  );
}
