import { act, render, renderHook } from '@testing-library/react';
import { memo } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { publish, tell } from '../../../test/support/fakeEnvelope';
import { channel, countBy, keepLast, reduce, useChannel, usePresence, type Channel, type ChannelMessage } from '../src';
import { connect, drop, online, providing } from './channelSetting';
import { FakeWebSocket } from './fakeWebSocket';
import { installFakes, pass, passAsync } from './setting';

installFakes();

type Rooms = { message: number; typing: string };
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const presence = (...ids: string[]) =>
  tell({ type: 'presence', topic: 'room', state: ids.map((id) => ({ id, ref: id, info: { name: id } })) });

describe('what a component reads', () => {
  it('does not render again when it only sends', async () => {
    const rendered = vi.fn();
    const { getByRole } = render(
      <Once
        of={() => {
          const { send } = useChannel<Rooms>('room', { on: { message: () => {} } });
          rendered();
          return <button onClick={() => void send('message', 1)}>send</button>;
        }}
      />,
      { wrapper: providing(connect()) },
    );
    await online();
    publish('room', 'message', ...numbers(100));
    presence('ann');
    pass();
    act(() => getByRole('button').click());
    expect(FakeWebSocket.last.sent).toHaveLength(2);
    await online();
    await drop();
    expect(rendered).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['status', ['idle', 'joining', 'joined', 'rejoining', 'joined']],
    ['recovered', [null, false]],
    ['data', [undefined, { event: 'message', payload: 9 }]],
  ] as const)('makes it render for %s alone', async (field, expected) => {
    const rendered = vi.fn();
    renderHook(() => rendered(useChannel('room')[field]), { wrapper: providing(connect()) });
    await online();
    presence('ann');
    publish('room', 'message', ...numbers(10));
    pass();
    FakeWebSocket.last.lose();
    await passAsync(1_000);
    await online();
    expect(rendered.mock.calls).toEqual(expected.map((value) => [value]));
  });

  it('shows the newest value of a field that it reads for the first time', async () => {
    const { result, rerender } = renderHook(
      ({ isShown }) => {
        const room = useChannel('room', { collect: keepLast(5) });
        return isShown && [room.status, room.data.length];
      },
      { wrapper: providing(connect()), initialProps: { isShown: false } },
    );
    await online();
    publish('room', 'message', 1, 2);
    pass();
    rerender({ isShown: true });
    expect(result.current).toEqual(['joined', 2]);
  });
});

describe('messages as state', () => {
  it('renders once for 1,000 events of one task, and loses none', async () => {
    const rendered = vi.fn();
    const sum = reduce((before: number, { payload }: ChannelMessage<Rooms>) => before + Number(payload), 0);
    const { result } = renderHook(
      () => {
        const { data } = useChannel<Rooms, number>('room', { collect: sum });
        rendered();
        return data;
      },
      { wrapper: providing(connect()) },
    );
    await online();
    publish('room', 'message', ...numbers(1_000));
    expect(rendered).toHaveBeenCalledTimes(1);
    pass();
    expect(rendered).toHaveBeenCalledTimes(2);
    expect(result.current).toBe(499_500);
  });

  it('renders at most once per frame over many tasks', async () => {
    const rendered = vi.fn();
    renderHook(() => rendered(useChannel('room').data), { wrapper: providing(connect()) });
    await online();
    rendered.mockClear();
    for (const task of numbers(160)) {
      publish('room', 'message', task);
      pass(1);
    }
    expect(rendered.mock.calls.length).toBeGreaterThan(8);
    expect(rendered.mock.calls.length).toBeLessThanOrEqual(11);
  });

  it('renders only when the selected part changes, by isEqual', async () => {
    const rendered = vi.fn();
    renderHook(
      () => {
        const { data } = useChannel('room', {
          collect: countBy(({ event }: ChannelMessage<Record<string, unknown>>) => event),
          select: (counts) => [...counts.keys()],
          isEqual: (before, after) => before.join() === after.join(),
        });
        rendered(data);
      },
      { wrapper: providing(connect()) },
    );
    await online();
    for (const event of ['message', 'message', 'typing', 'message']) {
      publish('room', event, 1);
      pass();
    }
    expect(rendered.mock.calls).toEqual([[[]], [['message']], [['message', 'typing']]]);
  });
});

describe('presence', () => {
  it('renders only for who comes, goes or changes, and keeps the list over a resync', async () => {
    const rendered = vi.fn();
    renderHook(() => rendered(useChannel('room').presence), { wrapper: providing(connect()) });
    await online();
    publish('room', 'message', 1);
    presence('ann', 'bob');
    presence('ann', 'bob');
    tell({ type: 'presence', topic: 'room', joins: [], leaves: [{ id: 'ann', ref: 'ann' }] });
    FakeWebSocket.last.lose();
    await passAsync(1_000);
    await online();
    presence('bob');
    expect(rendered.mock.calls.map(([members]) => (members as { id: string }[]).map(({ id }) => id))).toEqual([
      [],
      ['ann', 'bob'],
      ['bob'],
    ]);
  });

  it('of any channel, with usePresence, which does not join', async () => {
    const connection = connect();
    const rendered = vi.fn();
    const Names = memo(function Names({ of }: { of: Channel | null }) {
      rendered();
      return usePresence<{ name: string }>(of).map(({ info }) => info.name);
    });
    const { container, rerender } = render(<Names of={null} />);
    const of = channel(connection, 'room');
    rerender(<Names of={of} />);
    expect(FakeWebSocket.all).toHaveLength(0);
    const release = of.retain();
    await online();
    rendered.mockClear();
    presence('ann', 'bob');
    publish('room', 'message', 1);
    await drop();
    expect(container.textContent).toBe('annbob');
    expect(rendered).toHaveBeenCalledTimes(1);
    release();
  });
});

/** A component written inline. */
function Once({ of: useIt }: { of: () => React.ReactNode }) {
  return useIt();
}
