import { render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import {
  ConnectionProvider,
  createPool,
  json,
  keepLast,
  useWebSocket,
  type ConnectionPool,
  type UseWebSocketOptions,
} from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { pass, installFakes } from './setting';

installFakes();

const URL_A = 'ws://a.test/';
const URL_B = 'ws://b.test/';

function Line({ url = URL_A, ...options }: { url?: string | (() => string) } & UseWebSocketOptions) {
  const { status, data } = useWebSocket(url, options);
  return `[${status} ${String(data)}]`;
}

const toUrl = (): string => URL_A;
const toProtocol = (): string => 'v1';

describe('who shares', () => {
  it.each([
    ['the same URL', {}, {}, 1],
    ['the same URL and protocols', { protocols: ['v1'] }, { protocols: ['v1'] }, 1],
    ['other protocols', { protocols: 'v1' }, { protocols: 'v2' }, 2],
    ['share: false in one', { share: false }, {}, 2],
    ['share: false in both', { share: false }, { share: false }, 2],
    ['the same name', { share: 'feed' }, { share: 'feed' }, 1],
    ['another name', { share: 'feed' }, { share: 'chat' }, 2],
    ['a name in one', { share: 'feed' }, {}, 2],
    ['a function as url', { url: toUrl }, { url: toUrl }, 2],
    ['a function as url, and a name', { url: toUrl, share: 'feed' }, { url: toUrl, share: 'feed' }, 1],
    ['a function as protocols', { protocols: toProtocol }, { protocols: toProtocol }, 2],
    [
      'a function as protocols, and a name',
      { protocols: toProtocol, share: 'feed' },
      { protocols: toProtocol, share: 'feed' },
      1,
    ],
  ])('%s', (_case, one, other, sockets) => {
    render(
      <StrictMode>
        <Line {...one} />
        <Line {...other} />
      </StrictMode>,
    );
    pass();
    expect(FakeWebSocket.all).toHaveLength(sockets);
    expect(console.warn).not.toHaveBeenCalled();
  });

  it('two roots of a page share', () => {
    render(<Line />);
    render(<Line />);
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('a provider with a pool keeps its components apart', () => {
    const pool = createPool();
    render(
      <>
        <Line />
        <ConnectionProvider pool={pool}>
          <Line />
          <Line />
        </ConnectionProvider>
      </>,
    );
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it('a provider that is given a pool later keeps apart what is named from then on', () => {
    const app = (url: string, pool?: ConnectionPool) => (
      <>
        <Line url={URL_B} />
        <ConnectionProvider pool={pool}>
          <Line url={url} />
        </ConnectionProvider>
      </>
    );
    const { rerender } = render(app(URL_A));
    const pool = createPool();
    rerender(app(URL_A, pool));
    pass();
    expect(FakeWebSocket.all).toHaveLength(2);
    rerender(app(URL_B, pool));
    pass();
    expect(FakeWebSocket.open.map(({ url }) => url)).toEqual([URL_B, URL_B]);
  });
});

describe('sharing', () => {
  it('gives each component the messages its own way', () => {
    const heard = vi.fn();
    const Other = () =>
      useWebSocket(URL_A, { collect: keepLast(2), select: (kept) => kept.length, onMessage: heard }).data;
    const { container } = render(
      <>
        <Line />
        <Other />
      </>,
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one', 'two', 'three');
    pass();
    expect(container.textContent).toBe('[connected three]2');
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('closes when the last component lets go, not before', () => {
    const one = render(<Line />);
    const other = render(<Line />);
    FakeWebSocket.last.accept();
    one.unmount();
    pass();
    expect(FakeWebSocket.open).toHaveLength(1);
    other.unmount();
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
  });

  it('starts afresh for who comes after the last has let go', () => {
    const { unmount } = render(<Line />);
    unmount();
    pass();
    render(<Line />);
    expect(FakeWebSocket.all).toHaveLength(2);
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('joins a line that is up already', () => {
    render(<Line />);
    FakeWebSocket.last.accept();
    const { container } = render(<Line />);
    expect(container.textContent).toBe('[connected undefined]');
    expect(FakeWebSocket.all).toHaveLength(1);
  });

  it('does not hold the line for a component that is not enabled', () => {
    const { unmount } = render(<Line />);
    const { container } = render(<Line enabled={false} />);
    FakeWebSocket.last.accept();
    expect(container.textContent).toBe('[connected undefined]');
    unmount();
    pass();
    expect(FakeWebSocket.open).toHaveLength(0);
    expect(container.textContent).toBe('[disconnected undefined]');
  });

  it('one socket also when a component is enabled again after another came', () => {
    const early = render(<Line />);
    early.rerender(<Line enabled={false} />);
    pass();
    render(<Line />);
    early.rerender(<Line enabled />);
    pass();
    expect(FakeWebSocket.open).toHaveLength(1);
  });

  it('one socket also when a component is enabled long after another came', () => {
    const late = render(<Line enabled={false} />);
    pass(5_000);
    render(<Line />);
    late.rerender(<Line enabled />);
    pass();
    expect(FakeWebSocket.open).toHaveLength(1);
  });
});

describe('differing options', () => {
  it('warn once and name what differs; the first ones count', () => {
    vi.mocked(console.warn).mockImplementation(() => {});
    render(<Line queue={{ maxMessages: 1 }} />);
    const { rerender } = renderHook(() =>
      useWebSocket(URL_A, { queue: false, codec: json(), collect: keepLast(1), onMessage: () => {} }),
    );
    rerender();
    expect(console.warn).toHaveBeenCalledTimes(1);
    expect(console.warn).toHaveBeenCalledWith(expect.stringMatching(/`queue`.*`codec`/));
    expect(vi.mocked(console.warn).mock.calls[0]?.[0]).not.toMatch(/collect|onMessage/);
  });

  it('do not warn where they only look different', () => {
    const options = () => ({
      reconnect: { maxDelay: 1, delay: () => 1 },
      heartbeat: { message: () => 'ping' },
      inspect: () => {},
    });
    render(<Line {...options()} />);
    render(<Line {...options()} onMessage={() => {}} enabled={false} />);
    expect(console.warn).not.toHaveBeenCalled();
  });
});
