import { ROOMS, type RoomId } from '@tautline-examples/shared';
import { keepProbing } from '@tautline-examples/shared/page';
import { useEffect } from 'react';
import { chatLine, pulse, useChat, useRoomLog } from './chat';

/** Stays in every room for as long as somebody uses the page, whichever tab is open. Shows nothing. */
export function RoomKeepers() {
  const name = useChat((state) => state.name);
  useEffect(() => {
    if (name === null) return;
    const releases = [pulse.retain(), keepProbing(chatLine)];
    return () => releases.forEach((release) => release());
  }, [name]);
  return name === null ? null : ROOMS.map((room) => <RoomKeeper key={`${room} ${name}`} room={room} />);
}

function RoomKeeper({ room }: { readonly room: RoomId }) {
  useRoomLog(room);
  return null;
}
