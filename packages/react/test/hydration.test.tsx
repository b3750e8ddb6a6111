import { act } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import {
  ConnectionProvider,
  createConnection,
  createFeed,
  keepLast,
  useConnectionStatus,
  useFeed,
  useWebSocket,
} from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
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

it('hydrates what the server rendered, then opens', () => {
  const Line = () => {
    const { status, data } = useWebSocket(URL_A, { collect: keepLast(3) });
    return <p>{`${status} ${data.length}`}</p>;
  };
  const app = (
    <StrictMode>
      <Line />
    </StrictMode>
  );
  const container = serve(app);
  expect(container.textContent).toBe('idle 0');
  expect(FakeWebSocket.all).toHaveLength(0);
  hydrate(container, app);
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive('one');
  pass();
  expect(FakeWebSocket.all).toHaveLength(1);
  expect(container.textContent).toBe('connected 1');
});

it('hydrates without a warning beside a line that is up already and has messages', () => {
  const connection = createConnection<string, string>(URL_A);
  const release = connection.retain();
  FakeWebSocket.last.accept();
  const Line = () => {
    const { status, data = 'none' } = useWebSocket(connection);
    return <p>{`${status} ${useConnectionStatus(connection)} ${data}`}</p>;
  };
  const container = serve(<Line />);
  expect(container.textContent).toBe('idle idle none');
  hydrate(container, <Line />);
  expect(container.textContent).toBe('connected connected none');
  release();
});

it('does not render again after hydration when nothing that was read has changed', () => {
  const rendered = vi.fn();
  const Sender = () => {
    const { send } = useWebSocket(URL_A);
    rendered();
    return <button onClick={() => send('clicked')}>send</button>;
  };
  const container = serve(<Sender />);
  rendered.mockClear();
  hydrate(container, <Sender />);
  FakeWebSocket.last.accept();
  pass();
  expect(rendered).toHaveBeenCalledTimes(1);
});

it('hydrates a feed and a provider', () => {
  const connection = createConnection<string, string>(URL_A);
  const feed = createFeed(connection, keepLast<string>(3));
  const Feed = () => <p>{useFeed(feed).join()}</p>;
  const app = (
    <ConnectionProvider connection={connection}>
      <Feed />
    </ConnectionProvider>
  );
  const container = serve(app);
  hydrate(container, app);
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive('one', 'two');
  pass();
  expect(container.textContent).toBe('one,two');
});

it('hydrates without a warning a feed that has messages already', () => {
  vi.mocked(console.error).mockImplementation(() => {});
  const connection = createConnection<string, string>(URL_A);
  const feed = createFeed(connection, keepLast<string>(3));
  const Feed = () => <p>{useFeed(feed).join()}</p>;
  const container = serve(<Feed />);
  const release = feed.retain();
  FakeWebSocket.last.accept();
  FakeWebSocket.last.receive('one');
  pass();
  release();
  hydrate(container, <Feed />);
});
