import { render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { json, StopReconnecting, useWebSocket } from '../src';
import { FakeWebSocket } from './fakeWebSocket';
import { pass, passAsync, installFakes, silenceErrors } from './setting';

installFakes();

const URL_A = 'ws://a.test/';

describe('onMessage', () => {
  it('hears every message exactly once, under StrictMode too', () => {
    const heard = vi.fn();
    renderHook(() => useWebSocket(URL_A, { onMessage: heard }), { wrapper: StrictMode });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one', 'two');
    FakeWebSocket.last.receive('three');
    expect(heard.mock.calls).toEqual([['one'], ['two'], ['three']]);
  });

  it('is always the function rendered last', () => {
    const heard = vi.fn();
    const { rerender } = renderHook(
      ({ name }) => useWebSocket(URL_A, { onMessage: (message) => heard(name, message) }),
      {
        initialProps: { name: 'first' },
      },
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('a');
    rerender({ name: 'second' });
    FakeWebSocket.last.receive('b');
    expect(heard.mock.calls).toEqual([
      ['first', 'a'],
      ['second', 'b'],
    ]);
  });

  it('may be added and taken away between renders', () => {
    const heard = vi.fn();
    const { rerender } = renderHook(({ onMessage }) => useWebSocket(URL_A, { onMessage }), {
      initialProps: {} as { onMessage?: () => void },
    });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('unheard');
    rerender({ onMessage: heard });
    FakeWebSocket.last.receive('heard');
    rerender({});
    FakeWebSocket.last.receive('unheard');
    expect(heard.mock.calls).toEqual([['heard']]);
  });

  it('harms nobody by throwing', () => {
    silenceErrors();
    const heard = vi.fn();
    const Thrower = () =>
      useWebSocket(URL_A, {
        onMessage: () => {
          throw new Error('from a component');
        },
      }).data as string;
    const Neighbour = () => useWebSocket(URL_A, { onMessage: heard }).data as string;
    const { container } = render(
      <>
        <Thrower />
        <Neighbour />
      </>,
    );
    FakeWebSocket.last.accept();
    FakeWebSocket.last.receive('one', 'two');
    pass();
    expect(heard).toHaveBeenCalledTimes(2);
    expect(container.textContent).toBe('twotwo');
    expect(console.error).toHaveBeenCalledTimes(2);
    expect(FakeWebSocket.open).toHaveLength(1);
  });
});

describe('functions among the options of a connection', () => {
  it('calls the url and the protocols rendered last for each attempt', async () => {
    const { rerender } = renderHook(
      ({ token }) =>
        useWebSocket(() => Promise.resolve(`${URL_A}?token=${token}`), {
          protocols: () => [token],
          reconnect: { delay: () => 10 },
        }),
      { initialProps: { token: 'old' } },
    );
    await passAsync();
    rerender({ token: 'new' });
    FakeWebSocket.last.accept();
    FakeWebSocket.last.lose();
    await passAsync();
    expect(FakeWebSocket.all.map(({ url, protocols }) => [url, protocols])).toEqual([
      [`${URL_A}?token=old`, ['old']],
      [`${URL_A}?token=new`, ['new']],
    ]);
  });

  it('calls the handshake, shouldReconnect, reconnect.delay, heartbeat and inspect rendered last', async () => {
    const called = vi.fn();
    const { rerender } = renderHook(
      ({ version }) =>
        useWebSocket(URL_A, {
          share: false,
          handshake: ({ send }) => send(`hello ${version}`),
          shouldReconnect: () => (called('shouldReconnect', version), true),
          reconnect: { delay: () => (called('delay', version), 10) },
          heartbeat: {
            interval: 1_000,
            message: () => `ping ${version}`,
            isPong: (message) => message === `pong ${version}`,
          },
          inspect: ({ type }) => type === 'attempt' && called('inspect', version),
        }),
      { initialProps: { version: 1 } },
    );
    rerender({ version: 2 });
    FakeWebSocket.last.accept();
    await passAsync(1_000);
    expect(FakeWebSocket.last.sent).toEqual(['hello 2', 'ping 2']);
    FakeWebSocket.last.receive('pong 2');
    rerender({ version: 3 });
    FakeWebSocket.last.lose();
    await passAsync();
    expect(called.mock.calls).toEqual([
      ['inspect', 1],
      ['shouldReconnect', 3],
      ['delay', 3],
      ['inspect', 3],
    ]);
  });

  it('keeps the function it had when a later render has none', () => {
    const { rerender } = renderHook(
      ({ delay }) => useWebSocket(URL_A, { share: false, reconnect: delay ? { delay } : true }),
      {
        initialProps: { delay: (() => 10) as (() => number) | null },
      },
    );
    rerender({ delay: null });
    FakeWebSocket.last.lose();
    pass(10);
    expect(FakeWebSocket.all).toHaveLength(2);
  });

  it('stops where a provider says so, until connect', async () => {
    let isSignedIn = false;
    const { result } = renderHook(() =>
      useWebSocket(() => {
        if (!isSignedIn) throw new StopReconnecting('Signed out.');
        return URL_A;
      }),
    );
    await passAsync(60_000);
    expect(result.current).toMatchObject({ status: 'failed', error: { message: 'Signed out.' } });
    isSignedIn = true;
    result.current.connect();
    await passAsync();
    FakeWebSocket.last.accept();
    expect(result.current.status).toBe('connected');
  });
});

it('encodes and decodes with the codec, and survives what it cannot decode', () => {
  const { result } = renderHook(() => useWebSocket(URL_A, { codec: json<{ id: number }, { ask: string }>() }));
  FakeWebSocket.last.accept();
  result.current.send({ ask: 'more' });
  FakeWebSocket.last.receive('{"id":1}', 'no json');
  pass();
  expect(FakeWebSocket.last.sent).toEqual(['{"ask":"more"}']);
  expect(result.current.data).toEqual({ id: 1 });
});
