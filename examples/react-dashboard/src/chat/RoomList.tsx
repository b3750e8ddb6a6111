import { ROOMS, userOf, type RoomId } from '@tautline-examples/shared';
import { unreadOf } from '@tautline-examples/shared/page';
import { Hash, LogOut } from 'lucide-react';
import { Count } from '../parts/Count';
import { store, useChat } from './chat';

interface RoomListProps {
  readonly selected: RoomId;
  readonly name: string;
  readonly onLeave: () => void;
}

/** The rooms, and how much waits to be read in each. */
export function RoomList({ selected, name, onLeave }: RoomListProps) {
  const rooms = useChat((state) => state.rooms);

  return (
    <section className="card rooms" aria-labelledby="rooms-title">
      <header>
        <h2 id="rooms-title">Rooms</h2>
      </header>
      <nav className="body" aria-labelledby="rooms-title">
        <ul>
          {ROOMS.map((room) => {
            const state = rooms.get(room);
            return (
              <li key={room}>
                <button type="button" aria-current={room === selected} onClick={() => store.show(room)}>
                  <Hash aria-hidden />
                  <span className="label">{room}</span>
                  <Count count={state && unreadOf(state, userOf(name))} of="unread" />
                </button>
              </li>
            );
          })}
        </ul>
      </nav>
      <footer className="muted small">
        <p>
          You are <bdi className="strong">{name}</bdi>.
        </p>
        <button type="button" className="button quiet" onClick={onLeave}>
          <LogOut aria-hidden />
          Leave
        </button>
      </footer>
    </section>
  );
}
