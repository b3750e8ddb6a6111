import { act } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { agree, publish, said, tell } from '../../../test/support/fakeEnvelope';
import { channel, keepLast, useChannel, useEvent, usePresence, type Channel } from '../src';
import { connect, online, providing } from './channelSetting';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass, passAsync } from './setting';

installFakes();

let unmount = () => {};
afterEach(() => act(() => unmount()));

/** As a server renders it, where there is no window. */
function serve(element: ReactNode): HTMLElement {
  vi.stubGlobal('window', undefined);
  const container = document.createElement('div');
  container.innerHTML = renderToString(element);
  vi.stubGlobal('window', globalThis);
  return container;
}

function hydrate(container: HTMLElement, element: ReactNode): void {
  const onRecoverableError = vi.fn();
  act(() => {
    const root = hydrateRoot(container, element, { onRecoverableError });
    unmount = () => root.unmount();
  });
  expect(onRecoverableError).not.toHaveBeenCalled();
  expect(console.error).not.toHaveBeenCalled();
}

const Room = () => {
  const { status, data, presence, channel: room } = useChannel('room', { collect: keepLast(3) });
  useEvent(room, 'message', () => {});
  return <p>{`${status} ${data.length} ${presence.length} ${usePresence(room).length}`}</p>;
};

it('a server renders idle, and joins nothing', () => {
  const Provided = providing(connect());
  expect(serve(<Provided children={<Room />} />).textContent).toBe('idle 0 0 0');
  expect(FakeWebSocket.all).toHaveLength(0);
  expect(vi.getTimerCount()).toBe(0);
});

it('a server calls no function that makes params', () => {
  const Provided = providing(connect());
  const params = vi.fn();
  const Member = () => useChannel('room', { params }).status;
  expect(serve(<Provided children={<Member />} />).textContent).toBe('idle');
  expect(params).not.toHaveBeenCalled();
});

it('a page hydrates what the server rendered, then joins once', async () => {
  const Provided = providing(connect());
  const app = (
    <StrictMode>
      <Provided>
        <Room />
      </Provided>
    </StrictMode>
  );
  const container = serve(app);
  hydrate(container, app);
  await online();
  publish('room', 'message', 1);
  tell({ type: 'presence', topic: 'room', state: [{ id: 'ann', ref: '1' }] });
  pass();
  expect(container.textContent).toBe('joined 1 1 1');
  expect(said()).toEqual(['subscribe room']);
});

it('a page hydrates without a warning beside a channel that is joined already', async () => {
  const connection = connect();
  const room: Channel = channel(connection, 'room');
  const release = room.retain();
  await online();
  tell({ type: 'presence', topic: 'room', state: [{ id: 'ann', ref: '1' }] });
  const Provided = providing(connection);
  const app = <Provided children={<Room />} />;
  const container = serve(app);
  expect(container.textContent).toBe('idle 0 0 0');
  hydrate(container, app);
  expect(container.textContent).toBe('joined 0 1 1');
  release();
  act(() => unmount());
  await passAsync();
  agree();
});
