import { act, cleanup, fireEvent, render } from '@testing-library/react';
import { Server } from 'mock-socket';
import { StrictMode, useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { json, keepLast, useOnReconnect, useWebSocket } from '../src';

interface Message {
  text: string;
}

const URL_CHAT = 'ws://chat.test/';

beforeEach(() => vi.useFakeTimers());
afterEach(async () => {
  cleanup();
  await pass(2_000);
  vi.useRealTimers();
});

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

function Chat() {
  const [reconnects, setReconnects] = useState(0);
  const { status, data, send, connection } = useWebSocket(URL_CHAT, {
    codec: json<Message, Message>(),
    collect: keepLast<Message>(100),
    reconnect: { delay: () => 500 },
  });
  useOnReconnect(() => setReconnects((before) => before + 1), connection);
  return (
    <>
      <p>{`${status} after ${reconnects}: ${data.map(({ text }) => text).join(' ')}`}</p>
      <button onClick={() => send({ text: `echo${data.length}` })}>say</button>
    </>
  );
}

/** A server that answers with what it is told, in capitals. */
function startServer() {
  const server = new Server(URL_CHAT);
  const clients = vi.fn();
  server.on('connection', (socket) => {
    clients();
    socket.on('message', (data) => socket.send(String(data).toUpperCase().replace('TEXT', 'text')));
  });
  return {
    clients,
    drop: () => server.close({ code: 1012, reason: 'restart', wasClean: false }),
    stop: () => server.stop(),
  };
}

it('a chat survives the restart of its server and loses nothing that was said meanwhile', async () => {
  const before = startServer();
  const { getByRole, container } = render(<Chat />, { wrapper: StrictMode });
  const shown = () => container.querySelector('p')?.textContent;
  await pass(50);
  fireEvent.click(getByRole('button'));
  await pass(150);
  expect(shown()).toBe('connected after 0: ECHO0');
  expect(before.clients).toHaveBeenCalledTimes(1);

  before.drop();
  before.stop();
  await pass(50);
  expect(shown()).toBe('reconnecting after 0: ECHO0');
  fireEvent.click(getByRole('button'));

  const after = startServer();
  await pass(1_000);
  expect(shown()).toBe('connected after 1: ECHO0 ECHO1');
  expect(after.clients).toHaveBeenCalledTimes(1);
  after.stop();
});
