// @vitest-environment node
import { createConnection, createFeed, keyBy } from '@tautline/core';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  ConnectionProvider,
  createPool,
  keepLast,
  useConnection,
  useConnectionStatus,
  useFeed,
  useOnReconnect,
  useWebSocket,
} from '../src';

const opened = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', function WebSocket(url: string) {
    opened(url);
  });
});

afterEach(() => {
  expect(opened).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function Line({
  url = '/socket' as string | (() => string) | null,
  share = true,
}: {
  url?: string | (() => string) | null;
  share?: boolean;
}) {
  const { status, data, attempt, error, readyState } = useWebSocket(url, { collect: keepLast(3), share });
  return `${status} ${data.length} ${attempt} ${String(error)} ${readyState}`;
}

it.each([
  ['a relative URL', '/socket', true],
  ['an absolute URL', 'wss://a.test', true],
  ['a function', () => 'wss://a.test', true],
  ['no URL', null, true],
  ['a connection of its own', 'wss://a.test', false],
])('opens nothing, starts nothing and renders idle for %s', (_case, url, share) => {
  expect(renderToString(<Line url={url} share={share} />)).toBe('idle 0 0 null 3');
});

it('shares nothing between requests, not even in a pool of theirs', () => {
  const pool = createPool();
  const seen = new Set<unknown>();
  const See = () => {
    seen.add(useConnection());
    return seen.add(useWebSocket('/socket').connection) && null;
  };
  for (let request = 0; request < 2; request++)
    renderToString(
      <ConnectionProvider pool={pool} url="/socket">
        <See />
      </ConnectionProvider>,
    );
  expect(seen.size).toBe(4);
});

it('renders feeds and statuses as they are before anything happened', () => {
  const connection = createConnection<string, string>('wss://a.test');
  const feed = createFeed(
    connection,
    keyBy((message: string) => message),
  );
  function All() {
    useOnReconnect(() => {}, connection);
    return `${useConnectionStatus()} ${useFeed(feed, (all) => all.size)} ${useFeed(feed, 'key')}`;
  }
  const html = renderToString(
    <ConnectionProvider connection={connection}>
      <All />
    </ConnectionProvider>,
  );
  expect(html).toBe('idle 0 undefined');
});
